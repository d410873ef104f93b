using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Registry.Yaml;

namespace Governance.Audit.Findings;

/// <summary>The findings that a gate of a spec is about. Pure.</summary>
internal static class GatedFindings
{
    /// <summary>Finds or makes them; at least one.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="slice">What was measured of the gate's cohort, or of all rows; null where nothing was.</param>
    /// <param name="known">The findings that there are already, of the families that are measured once.</param>
    /// <param name="policy">The least sizes of groups.</param>
    /// <exception cref="InputException">Nothing measures that metric, attribute, group or column; the sentence names what there is.</exception>
    public static IReadOnlyList<Finding> Of(AuditGate gate, SliceReport? slice, IReadOnlyList<Finding> known, PolicyPack policy) => gate.Family switch
    {
        "fairness" when slice?.Fairness is FairnessReport fairness => Fairness(gate, fairness, slice, policy),
        "performance" when gate.Attribute is string attribute && slice?.PerformanceBy?.GetValueOrDefault(attribute) is PerformanceReport by =>
            Scores(gate, by, attribute, slice),
        "performance" when gate.Attribute is null && slice?.Performance is PerformanceReport performance => [Score(gate, performance)],
        _ when GateFamilies.Whole.Contains(gate.Family) => Known(gate, known),
        _ => [Measured.Nothing(gate.Family, gate.Name, gate.Attribute, slice is { Rows: 0 } ? "no row belongs to the cohort" : "it could not be measured on these rows")],
    };

    private static Finding[] Fairness(AuditGate gate, FairnessReport report, SliceReport slice, PolicyPack policy)
    {
        List<Finding> found = [];
        foreach (AttributeFairness attribute in report.Attributes.Where(attribute => gate.Attribute is null || attribute.Attribute == gate.Attribute))
        {
            if (gate.Group is null && attribute.Summary.ContainsKey(gate.Name))
            {
                found.Add(Measured.Summary(report, attribute, gate.Name, policy));
                continue;
            }

            GroupMetrics[] groups = [.. attribute.Groups.Where(group => gate.Group is null || group.Group == gate.Group)];
            if (groups.Length == 0)
            {
                found.Add(NoGroup(gate, attribute.Groups.Select(group => group.Group), slice));
                continue;
            }

            found.AddRange(groups.Where(group => group.Metrics.ContainsKey(gate.Name))
                .Select(group => Measured.Group(report, attribute, group, gate.Name, policy)));
        }

        return found.Count > 0 ? [.. found] : throw NoMetric(
            gate, report.Attributes.SelectMany(attribute => attribute.Summary.Keys.Concat(attribute.Groups.SelectMany(group => group.Metrics.Keys))));
    }

    private static Finding Score(AuditGate gate, PerformanceReport report) => report.Metrics.ContainsKey(gate.Name)
        ? Measured.Score(report, gate.Name)
        : throw NoMetric(gate, report.Metrics.Keys);

    private static Finding[] Scores(AuditGate gate, PerformanceReport report, string attribute, SliceReport slice)
    {
        GroupScores[] groups = [.. report.Groups.Where(group => gate.Group is null || group.Group == gate.Group)];
        return groups.Length == 0 ? [NoGroup(gate, report.Groups.Select(group => group.Group), slice)]
            : groups.Any(group => !group.Metrics.ContainsKey(gate.Name)) ? throw NoMetric(gate, report.Metrics.Keys)
            : [.. groups.Select(group => Measured.Score(group, attribute, gate.Name))];
    }

    private static Finding[] Known(AuditGate gate, IReadOnlyList<Finding> known)
    {
        Finding[] family = [.. known.Where(finding => finding.Family == gate.Family)];
        Finding[] metric = [.. family.Where(finding => finding.Metric == gate.Name)];
        Finding[] found = [.. metric.Where(finding => gate.Column is null || finding.Slice == gate.Column)];
        return found.Length > 0 ? found
            : gate.Family == "slices" && gate.Name.EndsWith("_difference", StringComparison.Ordinal) ? [Measured.Nothing(gate.Family, gate.Name, gate.Column, "no weak slice was confirmed")]
            : metric.Length == 0 ? throw NoMetric(gate, family.Select(finding => finding.Metric))
            : throw new InputException($"The gate '{gate.Id}' names the column '{gate.Column}'; {gate.Metric} is known of {string.Join(", ", metric.Select(finding => finding.Slice).OfType<string>())}.");
    }

    // A group that a cohort happens to lack is no mistake of the spec: the cohort then decides nothing about it.
    private static Finding NoGroup(AuditGate gate, IEnumerable<string> groups, SliceReport slice) => slice.Cohort is null
        ? throw new InputException($"The gate '{gate.Id}' names the group '{gate.Group}'; '{gate.Attribute}' has {string.Join(", ", groups)}.")
        : Measured.Nothing(gate.Family, gate.Name, $"{gate.Attribute}={gate.Group}", "no row of the cohort belongs to the group");

    private static InputException NoMetric(AuditGate gate, IEnumerable<string> names)
    {
        string[] there = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => $"{gate.Family}.{name}")];
        string hint = ClosestWord.To(gate.Metric, there) is string meant ? $" (did you mean '{meant}'?)" : "";
        return new InputException(
            $"The gate '{gate.Id}' names the metric '{gate.Metric}', which this audit does not measure{hint}; "
            + (there.Length == 0 ? "it measures nothing of that family." : $"it measures {string.Join(", ", there)}."));
    }
}
