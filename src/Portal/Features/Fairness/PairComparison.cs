using Governance.Audit.Fairness;
using Governance.Audit.Statistics;

namespace Governance.Portal.Features.Fairness;

/// <summary>What a report's tests say of a group against the reference group.</summary>
/// <param name="Value">Ratio or difference; null where the report has no such test.</param>
/// <param name="Low">The interval's low end, or null.</param>
/// <param name="High">The interval's high end, or null.</param>
/// <param name="PValue">Adjusted where the report adjusts; or null.</param>
internal readonly record struct PairComparison(double? Value, double? Low, double? High, double? PValue)
{
    /// <summary>Finds the test of two groups, whichever of them stands first in it; a ratio's interval is computed here.</summary>
    public static PairComparison Of(
        AttributeFairness attribute, ForestMeasure measure, GroupMetrics group, GroupMetrics? reference, double level)
    {
        GroupTest? same = attribute.Tests.FirstOrDefault(test => IsOf(test, group.Group, reference?.Group));
        GroupTest? turned = attribute.Tests.FirstOrDefault(test => IsOf(test, reference?.Group, group.Group));
        if (measure.IsRatio)
        {
            double? ratio = same?.Ratio ?? (turned?.Ratio is > 0 and double other ? 1 / other : null);
            (double Low, double High)? interval = reference is null ? null : RatioBounds(group, reference, measure.Rate, level);
            return new PairComparison(ratio, interval?.Low, interval?.High, P(same ?? turned));
        }

        return same is not null
            ? new PairComparison(same.Difference, same.Interval?[0], same.Interval?[1], P(same))
            : turned is not null
                ? new PairComparison(-turned.Difference, -turned.Interval?[1], -turned.Interval?[0], P(turned))
                : default;

        bool IsOf(GroupTest test, string? a, string? b) => test.Metric == measure.Rate && test.GroupA == a && test.GroupB == b;
    }

    private static double? P(GroupTest? test) => test?.AdjustedPValue ?? test?.PValue;

    // Selection rates are over all rows of the group, so its count is the sample size.
    private static (double Low, double High)? RatioBounds(GroupMetrics group, GroupMetrics reference, string rate, double level)
    {
        if (group.Metrics.GetValueOrDefault(rate) is not double share || reference.Metrics.GetValueOrDefault(rate) is not double of
            || of <= 0)
        {
            return null;
        }

        Interval interval = LogRatioInterval.Compute(share, group.Count, of, reference.Count, level);
        return double.IsFinite(interval.High) ? (interval.Low, interval.High) : null;
    }
}
