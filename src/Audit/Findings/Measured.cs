using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Makes findings of any metric of a report, without a verdict yet. Pure.</summary>
internal static class Measured
{
    /// <summary>A summary over the groups of an attribute.</summary>
    public static Finding Summary(FairnessReport report, AttributeFairness attribute, string metric, PolicyPack policy) => new()
    {
        Id = $"fairness/{metric}/{attribute.Attribute}",
        Family = "fairness",
        Metric = metric,
        Slice = attribute.Attribute,
        Attribute = attribute.Attribute,
        Value = attribute.Summary[metric],
        Interval = attribute.SummaryIntervals.GetValueOrDefault(metric),
        N = attribute.Groups.Sum(group => (long)group.Count),
        PValue = attribute.Tests.Where(test => test.Metric == GroupSupport.Rate(metric)).Min(test => test.AdjustedPValue ?? test.PValue),
        Extremes = GroupSupport.Extremes(attribute.Groups, metric),
        Small = GroupSupport.Smallest(attribute.Groups, metric, report.Favourable == report.Positive, policy),
        Reason = attribute.Undefined.FirstOrDefault(undefined => undefined.Metric == metric)?.Reason,
        Sentence = "",
    };

    /// <summary>A metric of one group.</summary>
    public static Finding Group(FairnessReport report, AttributeFairness attribute, GroupMetrics group, string metric, PolicyPack policy) => new()
    {
        Id = $"fairness/{metric}/{attribute.Attribute}={group.Group}",
        Family = "fairness",
        Metric = metric,
        Slice = $"{attribute.Attribute}={group.Group}",
        Attribute = attribute.Attribute,
        Group = group.Group,
        Value = group.Metrics[metric],
        Interval = group.Intervals.GetValueOrDefault(metric),
        N = group.Count,
        Small = GroupSupport.Smallest([group], metric, report.Favourable == report.Positive, policy),
        Reason = attribute.Undefined.FirstOrDefault(undefined => undefined.Metric == metric && undefined.Groups.Contains(group.Group))?.Reason,
        Sentence = "",
    };

    /// <summary>A performance metric.</summary>
    public static Finding Score(PerformanceReport report, string metric) => new()
    {
        Id = $"performance/{metric}",
        Family = "performance",
        Metric = metric,
        Value = report.Metrics[metric],
        Interval = report.Intervals.GetValueOrDefault(metric),
        N = report.Count,
        Reason = report.Undefined.FirstOrDefault(undefined => undefined.Metric == metric)?.Reason,
        Sentence = "",
    };

    /// <summary>A performance metric of one group.</summary>
    public static Finding Score(GroupScores group, string attribute, string metric) => new()
    {
        Id = $"performance/{metric}/{attribute}={group.Group}",
        Family = "performance",
        Metric = metric,
        Slice = $"{attribute}={group.Group}",
        Attribute = attribute,
        Group = group.Group,
        Value = group.Metrics[metric],
        Interval = group.Intervals.GetValueOrDefault(metric),
        N = group.Count,
        Sentence = "",
    };

    /// <summary>What a gate asks for and nothing could measure.</summary>
    public static Finding Nothing(string family, string metric, string? slice, string reason) => new()
    {
        Id = $"{family}/{metric}{(slice is null ? "" : "/" + slice)}",
        Family = family,
        Metric = metric,
        Slice = slice,
        N = 0,
        Reason = reason,
        Sentence = "",
    };
}
