using Governance.Audit.Encodings;

namespace Governance.Audit.Theft;

/// <summary>How far a row is from being decided otherwise, from the score that detectors are shown.</summary>
internal static class WatchMargin
{
    /// <summary>The margin.</summary>
    /// <param name="score">The positive class's probability, of several classes the gap of the two largest; NaN without.</param>
    /// <param name="rule">How the version decides.</param>
    /// <returns>Not negative; NaN where nothing is decided.</returns>
    public static double Of(double score, DecisionRule rule) =>
        rule.IsRegression || double.IsNaN(score) ? double.NaN
        : rule.Positive is null ? Math.Abs(score)
        : rule.GroupThresholds is { } groups ? Math.Abs(score - groups.Otherwise)
        : Math.Abs(score - (rule.Threshold ?? 0.5));
}
