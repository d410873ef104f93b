using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Audit.Slices;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>The parts <c>robustness</c>, <c>slices</c> and <c>stability</c> of a spec.</summary>
internal static class ReadSpecStress
{
    /// <summary>Reads <c>robustness</c>.</summary>
    public static RobustnessMeasures Robustness(YamlFields fields)
    {
        IReadOnlyList<string>? tests = fields.Find("tests") is YamlScalar { Text: "all" } ? null : fields.Texts("tests");
        if (tests?.FirstOrDefault(test => !RobustnessTests.Names.Contains(test, StringComparer.Ordinal)) is string strange)
        {
            throw YamlFaultException.At(fields.Need("tests"), $"there is no test '{strange}'; there are {string.Join(", ", RobustnessTests.Names)}.");
        }

        return new RobustnessMeasures(
            tests, fields.Texts("immutable"), (int)(fields.Whole("rows", 50, 100_000) ?? 2_000), (int)(fields.Whole("repeats", 1, 1_000) ?? 3));
    }

    /// <summary>Reads <c>slices</c>.</summary>
    public static SliceMeasures Slices(YamlFields fields) => new(
        fields.Word("metric", [.. SliceMetrics.Names]) is string metric ? SliceMetrics.Read(metric) : null,
        fields.Find("columns") is YamlScalar { Text: "all" } ? null : fields.Texts("columns"),
        (int)(fields.Whole("depth", 1, 3) ?? 3), (int)(fields.Whole("minRows", 30, 1_000_000) ?? 100));

    /// <summary>Reads <c>stability</c>.</summary>
    public static StabilityMeasures Stability(YamlFields fields)
    {
        StabilityMeasures asked = new(fields.Text("by"), (int)(fields.Whole("parts", 2, 50) ?? 5));
        return asked.By is not null && fields.Find("parts") is YamlNode parts
            ? throw YamlFaultException.At(parts, "the values of 'by' are the parts; leave 'parts' out.")
            : asked;
    }
}
