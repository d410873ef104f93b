namespace Governance.Audit.Theft.Detection;

/// <summary>A row with its place among the reference rows of a calibration: found once, used by output policy and watches.</summary>
public sealed class PlacedRow
{
    internal PlacedRow(WatchCalibration calibration, ulong mark, float[] raw, float[] whitened, double distance, bool outside)
    {
        Calibration = calibration;
        Mark = mark;
        Raw = raw;
        Whitened = whitened;
        Distance = distance;
        IsOutside = outside;
    }

    /// <summary>What it was compared with.</summary>
    public WatchCalibration Calibration { get; }

    /// <summary>
    /// Whether the row lies farther from the reference than 999 in 1,000 rows of its kind (conformal p under 0.001), or,
    /// where the calibration has fewer rows, a tenth farther than all of them. Such a row deserves its label only.
    /// </summary>
    public bool IsOutside { get; }

    /// <summary>A hash of the exact values: rows of one mark are taken as the same.</summary>
    internal ulong Mark { get; }

    internal float[] Raw { get; }

    internal float[] Whitened { get; }

    /// <summary>From the 3 nearest reference rows, on their scale.</summary>
    internal double Distance { get; }

    /// <summary>The row as watches see it, once it is answered.</summary>
    /// <param name="margin">How far it is from being decided otherwise, not negative; NaN where nothing is decided.</param>
    public WatchedRow Look(double margin) => new(this, Calibration.Scores(this, margin));
}

/// <summary>A row as the watches of one calibration see it: computed once, shown to every stream that it belongs to.</summary>
public sealed class WatchedRow
{
    internal WatchedRow(PlacedRow placed, double[] scores)
    {
        Placed = placed;
        Scores = scores;
    }

    /// <summary>Its place among the reference rows.</summary>
    public PlacedRow Placed { get; }

    /// <summary>See <see cref="PlacedRow.IsOutside"/>.</summary>
    public bool IsOutside => Placed.IsOutside;

    internal ulong Mark => Placed.Mark;

    internal float[] Raw => Placed.Raw;

    internal float[] Whitened => Placed.Whitened;

    /// <summary>In the order of <see cref="RowScore"/>.</summary>
    internal double[] Scores { get; }
}
