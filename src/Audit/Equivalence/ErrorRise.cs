using Governance.Audit.Statistics;

namespace Governance.Audit.Equivalence;

/// <summary>How much larger the second's errors are than the first's on the same rows, as a share of the first's mean error. Pure.</summary>
/// <remarks>Student's interval of the mean paired difference, over the first's mean, which counts as known.</remarks>
internal static class ErrorRise
{
    /// <summary>The line, still without a name.</summary>
    /// <param name="a">Shape [rows]: the first's errors, at least 0.</param>
    /// <param name="b">Shape [rows]: the second's.</param>
    /// <param name="level">The confidence level.</param>
    public static EquivalenceLine Of(double[] a, double[] b, double level)
    {
        EquivalenceLine line = new() { Name = "", Topic = "", N = a.Length };
        if (a.Length == 0)
        {
            return line with { Reason = "there are no rows." };
        }

        double first = a.Average();
        double second = b.Average();
        line = line with { A = first, B = second };
        return first > 0 ? line with { Difference = (second - first) / first, Interval = Mean([.. a.Zip(b, (x, y) => (y - x) / first)], level) }
            : second == 0 ? line with { Difference = 0, Interval = [0, 0] }
            : line with { Reason = "the parent makes no error, so a rise has no share." };
    }

    /// <summary>Student's interval of a mean; null with fewer than two rows. Where no row differs it is a point: the two do the same.</summary>
    public static IReadOnlyList<double>? Mean(double[] values, double level)
    {
        if (values.Length < 2)
        {
            return null;
        }

        double mean = values.Average();
        double spread = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        double half = spread == 0 ? 0 : spread * StudentQuantile.At(values.Length - 1, 0.5 + (level / 2));
        return [mean - half, mean + half];
    }
}
