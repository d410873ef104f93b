namespace Governance.Audit.Theft.Detection;

/// <summary>A row as the watches of one calibration see it: computed once, shown to every stream that it belongs to.</summary>
public sealed class WatchedRow
{
    internal WatchedRow(ulong mark, float[] raw, float[] whitened, double[] scores, bool outside)
    {
        Mark = mark;
        Raw = raw;
        Whitened = whitened;
        Scores = scores;
        IsOutside = outside;
    }

    /// <summary>
    /// Whether the row lies farther from the reference than 999 in 1,000 rows of its kind (conformal p under 0.001), or,
    /// where the calibration has fewer rows, a tenth farther than all of them. Such a row deserves its label only.
    /// </summary>
    public bool IsOutside { get; }

    /// <summary>A hash of the exact values: rows of one mark are taken as the same.</summary>
    internal ulong Mark { get; }

    internal float[] Raw { get; }

    internal float[] Whitened { get; }

    /// <summary>In the order of <see cref="RowScore"/>.</summary>
    internal double[] Scores { get; }
}
