using Governance.Audit.Statistics;

namespace Governance.Audit.Equivalence;

/// <summary>How often two versions do something on the same rows.</summary>
/// <param name="Rows">Rows that count.</param>
/// <param name="OfA">Of them, those of which the first does it.</param>
/// <param name="OfB">Those of which the second does it.</param>
/// <param name="Gained">Those of which only the second does.</param>
/// <param name="Lost">Those of which only the first does.</param>
public readonly record struct PairedCounts(long Rows, long OfA, long OfB, long Gained, long Lost)
{
    /// <summary>The first's share; null without rows.</summary>
    public double? A => Rows == 0 ? null : (double)OfA / Rows;

    /// <summary>The second's share; null without rows.</summary>
    public double? B => Rows == 0 ? null : (double)OfB / Rows;

    /// <summary>The second's share less the first's; null without rows.</summary>
    public double? Difference => Rows == 0 ? null : (double)(OfB - OfA) / Rows;

    /// <summary>McNemar's mid-p that as many were gained as lost.</summary>
    public double PValue => new McNemar(Lost, Gained).MidP;

    /// <summary>The score interval of the difference; null without rows.</summary>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    public IReadOnlyList<double>? Interval(double level) => Rows == 0 ? null : PairedScore.Compute(Gained, Lost, Rows, level).ToArray();

    /// <summary>Counts rows.</summary>
    /// <param name="a">Shape [rows]: whether the first does it.</param>
    /// <param name="b">Shape [rows]: whether the second does it.</param>
    /// <param name="counts">Shape [rows]: whether the row counts.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static PairedCounts Of(ReadOnlySpan<bool> a, ReadOnlySpan<bool> b, ReadOnlySpan<bool> counts)
    {
        if (a.Length != b.Length || a.Length != counts.Length)
        {
            throw new ArgumentException("The two are of other rows.", nameof(b));
        }

        long rows = 0, first = 0, second = 0, gained = 0, lost = 0;
        for (int row = 0; row < a.Length; row++)
        {
            if (counts[row])
            {
                rows++;
                first += a[row] ? 1 : 0;
                second += b[row] ? 1 : 0;
                gained += b[row] && !a[row] ? 1 : 0;
                lost += a[row] && !b[row] ? 1 : 0;
            }
        }

        return new PairedCounts(rows, first, second, gained, lost);
    }
}
