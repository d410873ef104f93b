using Governance.Registry.Yaml;

namespace Governance.Registry.Policies;

/// <summary>The part <c>gates</c> of a policy pack.</summary>
internal static class ReadPackGates
{
    /// <summary>Reads it; none is allowed.</summary>
    public static IReadOnlyList<Gate> Of(YamlFields fields)
    {
        List<Gate> gates = [];
        fields.Parts("gates", "each of 'gates'", part =>
        {
            Gate gate = One(part);
            if (gates.Any(other => other.Id == gate.Id))
            {
                throw YamlFaultException.At(part.Need("id"), $"two gates are called '{gate.Id}'.");
            }

            if (gates.Any(other => other.Metric == gate.Metric))
            {
                throw YamlFaultException.At(part.Need("metric"), $"two gates are on {gate.Metric}; set 'atLeast' and 'atMost' in one.");
            }

            gates.Add(gate);
            return gate;
        });
        return gates;
    }

    /// <summary>Family and metric.</summary>
    public static string Metric(YamlFields part)
    {
        string metric = part.NeedText("metric");
        int dot = metric.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < metric.Length - 1 && GateFamilies.All.Contains(metric[..dot])
            ? metric
            : throw YamlFaultException.At(
                part.Need("metric"), $"'metric' is FAMILY.METRIC such as fairness.demographic_parity_ratio, the family one of {string.Join(", ", GateFamilies.All)}.");
    }

    private static Gate One(YamlFields part)
    {
        string metric = Metric(part);
        (double? least, double? most) = (part.Number("atLeast"), part.Number("atMost"));
        if (least is null && most is null)
        {
            bool slipped = part.Entries.Any(entry => ClosestWord.To(entry.Key.Text, ["atLeast"]) is not null);
            throw slipped ? part.Lacks("atLeast") : YamlFaultException.At(part.Place, "a gate needs 'atLeast', 'atMost' or both.");
        }

        return least > most ? throw YamlFaultException.At(part.Need("atMost"), "'atMost' is below 'atLeast'.") : new Gate
        {
            Id = part.NeedText("id"),
            Metric = metric,
            AtLeast = least,
            AtMost = most,
            Scale = part.Word("scale", "linear", "logarithmic") == "logarithmic" ? GateScale.Logarithmic : GateScale.Linear,
            Estimator = part.Find("estimator") is null ? GateEstimator.Any : ReadPackParts.Word<GateEstimator>(part, "estimator"),
            MinimumRows = (int?)part.Whole("minimumRows", 1, 1_000_000_000),
            Citation = ReadPackParts.SentenceOf(part, "citation"),
        };
    }
}
