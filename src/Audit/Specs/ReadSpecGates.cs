using System.Globalization;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>The part <c>gates</c> of a spec.</summary>
internal static class ReadSpecGates
{
    /// <summary>Reads it.</summary>
    /// <param name="spec">The spec's keys.</param>
    /// <param name="attributes">The protected columns.</param>
    /// <param name="measures">What else is asked for.</param>
    public static IReadOnlyList<AuditGate> Of(YamlFields spec, IReadOnlyList<string> attributes, AuditMeasures measures)
    {
        List<AuditGate> gates = [];
        spec.Parts("gates", "each of 'gates'", fields =>
        {
            AuditGate gate = Gate(fields);
            if (gates.Any(other => other.Id == gate.Id))
            {
                throw YamlFaultException.At(fields.Need("id"), $"two gates are called '{gate.Id}'.");
            }

            CheckSlice(fields, gate, attributes, measures);
            gates.Add(gate.Attribute is string named ? gate with { Attribute = InOrder(named, attributes) } : gate);
            return gate;
        });
        return gates;
    }

    // Reports name an intersection in the order in which its columns are asked for.
    private static string InOrder(string attribute, IReadOnlyList<string> attributes) =>
        string.Join('|', attributes.Where(attribute.Split('|').Contains));

    private static AuditGate Gate(YamlFields fields)
    {
        string metric = fields.NeedText("metric");
        int dot = metric.IndexOf('.');
        if (dot <= 0 || dot == metric.Length - 1 || !GateFamilies.All.Contains(metric[..dot]))
        {
            throw YamlFaultException.At(
                fields.Need("metric"), $"'metric' is FAMILY.METRIC such as fairness.demographic_parity_ratio, the family one of {string.Join(", ", GateFamilies.All)}.");
        }

        (double? least, double? most) = Limits(fields);
        return new AuditGate
        {
            Id = fields.NeedText("id"),
            Metric = metric,
            Attribute = fields.Text("attribute"),
            Group = fields.Text("group"),
            Cohort = fields.Text("cohort"),
            Column = fields.Text("column"),
            AtLeast = least,
            AtMost = most,
        };
    }

    private static (double? Least, double? Most) Limits(YamlFields fields)
    {
        (double? least, double? most) = (fields.Number("atLeast"), fields.Number("atMost"));
        if (fields.Find("within") is not YamlNode within)
        {
            return least is null && most is null
                ? throw YamlFaultException.At(fields.Place, "a gate needs 'atLeast', 'atMost' or 'within'.")
                : least > most ? throw YamlFaultException.At(fields.Need("atMost"), "'atMost' is below 'atLeast'.")
                : (least, most);
        }

        if (least is not null || most is not null)
        {
            throw YamlFaultException.At(within, "'within' already sets both limits; leave 'atLeast' and 'atMost' out.");
        }

        if (within is not YamlList { Items: [YamlNode low, YamlNode high] })
        {
            throw YamlFaultException.At(within, "'within' takes two numbers such as [0.8, 1.25].");
        }

        (least, most) = (YamlFields.NumberOf(low, "within"), YamlFields.NumberOf(high, "within"));
        return least <= most ? (least, most) : throw YamlFaultException.At(within, "the first number of 'within' is above the second.");
    }

    private static void CheckSlice(YamlFields fields, AuditGate gate, IReadOnlyList<string> attributes, AuditMeasures measures)
    {
        if (gate.Family == "fairness" && attributes.Count == 0)
        {
            throw YamlFaultException.At(fields.Need("metric"), "a gate on fairness needs 'fairness' with its 'attributes'.");
        }

        if (gate.Family == "drift" && measures.Drift is null)
        {
            throw YamlFaultException.At(fields.Need("metric"), "a gate on drift needs the part 'drift'.");
        }

        string? missing = (gate.Family, measures) switch
        {
            ("theft", { RedTeam: null }) => "redteam",
            ("robustness", { Robustness: null }) or ("slices", { Slices: null }) or ("stability", { Stability: null }) => gate.Family,
            _ => null,
        };
        if (missing is not null)
        {
            throw YamlFaultException.At(fields.Need("metric"), $"a gate on {gate.Family} needs the part '{missing}'.");
        }

        if (gate.Family == "theft" && (gate.Attribute ?? gate.Column ?? gate.Cohort) is not null)
        {
            throw YamlFaultException.At(fields.Need("metric"), "a gate on theft is about the model as a whole; leave 'attribute', 'column' and 'cohort' out.");
        }

        if (gate.Attribute is not null && GateFamilies.Whole.Contains(gate.Family))
        {
            throw YamlFaultException.At(fields.Need("metric"), $"a gate on {gate.Family} takes 'column', no 'attribute'.");
        }

        if (gate.Column is not null && gate.Family is "fairness" or "performance")
        {
            throw YamlFaultException.At(fields.Need("column"), $"a gate on {gate.Family} takes 'attribute', no 'column'.");
        }

        if (gate.Group is not null && gate.Attribute is null)
        {
            throw YamlFaultException.At(fields.Need("group"), "a gate on a group names its 'attribute' too.");
        }

        if (gate.Attribute is string attribute)
        {
            string[] members = attribute.Split('|');
            string? stranger = members.FirstOrDefault(member => !attributes.Contains(member));
            if (stranger is not null)
            {
                throw YamlFaultException.At(fields.Need("attribute"), $"'{stranger}' is none of the attributes {string.Join(", ", attributes)}.");
            }

            if (members.Length > measures.Intersections)
            {
                throw YamlFaultException.At(
                    fields.Need("attribute"),
                    string.Create(CultureInfo.InvariantCulture, $"'{attribute}' is an intersection of {members.Length}; set 'intersections: {members.Length}' under 'fairness'."));
            }
        }

        if (gate.Cohort is string cohort && measures.Cohorts.All(known => known.Name != cohort))
        {
            throw YamlFaultException.At(fields.Need("cohort"), $"there is no cohort '{cohort}' under 'cohorts'.");
        }
    }
}
