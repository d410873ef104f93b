using Governance.Audit.Runs;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>The part <c>fairness</c> of a spec.</summary>
internal sealed record ReadSpecFairness(IReadOnlyList<string> Attributes, AuditMeasures Measures)
{
    /// <summary>As a pair.</summary>
    public (IReadOnlyList<string>, AuditMeasures) Both => (Attributes, Measures);

    /// <summary>Reads it.</summary>
    public static ReadSpecFairness Of(YamlFields fields, AuditMeasures measures)
    {
        IReadOnlyList<string> attributes = fields.Texts("attributes") ?? throw fields.Lacks("attributes");
        measures = measures with
        {
            Intersections = (int)(fields.Whole("intersections", 1, 6) ?? 1),
            ReferenceGroups = References(fields, attributes),
            Correction = fields.Word("correction", "holm", "bh", "none") ?? "holm",
            RelativeTo = fields.Word("relativeTo", "groups", "overall") ?? "groups",
        };
        measures = fields.Find("interval") is YamlNode interval ? YamlFields.Read(interval, "'interval'", part => Interval(part, measures)) : measures;
        measures = fields.Find("smallest") is YamlNode smallest ? YamlFields.Read(smallest, "'smallest'", part => Smallest(part, measures)) : measures;
        return new ReadSpecFairness(attributes, measures);
    }

    private static AuditMeasures Interval(YamlFields fields, AuditMeasures measures) => measures with
    {
        Level = fields.Share("level"),
        Interval = fields.Word("method", "wilson", "bootstrap", "bca") ?? measures.Interval,
        Resamples = (int)(fields.Whole("resamples", 50, 100_000) ?? measures.Resamples),
    };

    private static AuditMeasures Smallest(YamlFields fields, AuditMeasures measures) => measures with
    {
        SmallestRows = (int?)fields.Whole("rows", 0, int.MaxValue),
        FewestEvents = (int?)fields.Whole("events", 0, int.MaxValue),
    };

    private static Dictionary<string, string> References(YamlFields fields, IReadOnlyList<string> attributes)
    {
        Dictionary<string, string> references = new(StringComparer.Ordinal);
        foreach ((YamlScalar name, string group) in fields.Named("reference") ?? [])
        {
            references[name.Text] = attributes.Contains(name.Text)
                ? group
                : throw YamlFaultException.At(name, $"'{name.Text}' is none of the attributes {string.Join(", ", attributes)}.");
        }

        return references;
    }
}
