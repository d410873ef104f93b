using System.Globalization;
using MathNet.Numerics;

namespace Governance.Audit.Drift.Distances;

/// <summary>The rule of a reference in which nothing varies.</summary>
/// <remarks>
/// Such a reference has no spread to scale by and no quantiles to bin by: rules made for others call a constant that became
/// another constant unchanged. The values are two cells here, the constant and anything else, and what decides is Fisher's
/// exact test of whether the share of anything else differs.
/// </remarks>
internal static class DegenerateColumn
{
    /// <summary>Compares the two cells.</summary>
    /// <param name="test">A test on cells.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="cells">Counts of the constant and of anything else.</param>
    public static Comparison Cells(DriftTest test, PreparedColumn reference, (long[] Reference, long[] Current) cells)
    {
        double statistic = CellDistances.Of(test, cells.Reference, cells.Current);
        return Judged(reference, statistic, cells.Current[1], cells.Current[0]) with
        {
            PValue = test == DriftTest.Chi2 ? ChiSquare.PValue(statistic, ChiSquare.Cells(cells.Reference, cells.Current)) : null,
        };
    }

    /// <summary>Compares numbers with a constant.</summary>
    public static Comparison Numbers(DriftTest test, PreparedColumn reference, PreparedColumn current)
    {
        double constant = reference.Numbers[0];
        long other = 0;
        foreach (double number in current.Numbers)
        {
            other += number == constant ? 0 : 1;
        }

        return test is DriftTest.Wasserstein or DriftTest.WassersteinNormed
            ? Judged(reference, WassersteinDistance.Between(reference.Sorted, current.Sorted), other, current.Count - other)
            : Cells(test, reference, ([reference.Count, 0], [current.Count - other, other]));
    }

    private static Comparison Judged(PreparedColumn reference, double statistic, long other, long same) => new()
    {
        Statistic = statistic,
        ExactPValue = PValue(reference.Count, same + other, other),
        Notes =
        [
            other == 0 ? "both hold one value alone, the same" : same == 0
                ? "the reference holds one value alone and the current data never does: judged by Fisher's exact test of that"
                : string.Create(CultureInfo.InvariantCulture, $"the reference holds one value alone and {other:N0} current values differ from it: judged by Fisher's exact test of their share"),
        ],
    };

    // Of the n + m values the ones that differ are all in the current sample: the chance of that, two-sided.
    private static double PValue(long n, long m, long other) => other == 0 ? 1 : Math.Min(1, 2 * Math.Exp(
        SpecialFunctions.GammaLn(m + 1.0) + SpecialFunctions.GammaLn(n + m - other + 1.0)
        - SpecialFunctions.GammaLn(m - other + 1.0) - SpecialFunctions.GammaLn(n + m + 1.0)));
}
