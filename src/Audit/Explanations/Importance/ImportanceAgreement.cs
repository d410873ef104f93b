using MathNet.Numerics.Statistics;

namespace Governance.Audit.Explanations.Importance;

/// <summary>How far two orders of the same features agree: attribution and permutation importance, say.</summary>
/// <param name="RankCorrelation">Spearman's rank correlation, in [−1, 1]; NaN where one order has no differences.</param>
/// <param name="Top">How many features the overlap looks at: five, or all of fewer.</param>
/// <param name="TopOverlap">How many of the first <paramref name="Top"/> both orders name.</param>
public sealed record ImportanceAgreement(double RankCorrelation, int Top, int TopOverlap)
{
    private const int MostTop = 5;

    /// <summary>Compares two measures of the same features. O(features log features).</summary>
    /// <param name="first">Shape [features].</param>
    /// <param name="second">Shape [features].</param>
    public static ImportanceAgreement Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Count, first.Count);
        int top = Math.Min(MostTop, first.Count);
        return new ImportanceAgreement(
            Correlation.Spearman(first, second), top, Largest(first, top).Intersect(Largest(second, top)).Count());
    }

    private static IEnumerable<int> Largest(IReadOnlyList<double> values, int top) =>
        Enumerable.Range(0, values.Count).OrderByDescending(i => values[i]).Take(top);
}
