namespace Governance.Audit.Theft.Attacks;

/// <summary>What a thief knows of one column: its legal values, and how often they occur, from a published profile.</summary>
/// <param name="Name">The readable column.</param>
/// <param name="Offset">Where its numbers begin in a row.</param>
/// <param name="Values">Shape [values], increasing, at least one: the published values of a numeric column; empty for levels.</param>
/// <param name="IsWhole">Whether a numeric column holds whole numbers alone.</param>
/// <param name="Levels">The levels; null among them is the empty cell. Empty for a numeric column.</param>
/// <param name="Shares">Shape [levels]: how often each occurs, adding up to 1.</param>
/// <param name="AsNumbers">Whether levels are written as numbers in the data.</param>
public sealed record QueryColumn(
    string Name, int Offset, double[] Values, bool IsWhole, IReadOnlyList<string?> Levels, double[] Shares, bool AsNumbers)
{
    /// <summary>Whether it is a number; else one of its levels.</summary>
    public bool IsNumeric => Levels.Count == 0;

    /// <summary>Numbers that it takes of a row: 1, or one a level.</summary>
    public int Width => IsNumeric ? 1 : Levels.Count;

    /// <summary>Unknowns of a model that is linear in it: 1, or one less than levels.</summary>
    public int Freedom => IsNumeric ? (Values[0] == Values[^1] ? 0 : 1) : Levels.Count - 1;

    /// <summary>The value below which a share of the published values lies; numeric columns only.</summary>
    /// <param name="share">In [0, 1].</param>
    public double Quantile(double share) => Values[(int)Math.Round(share * (Values.Length - 1))];

    /// <summary>The usual spread of a numeric column: from the tenth to the ninetieth percentile, or the range; above 0.</summary>
    public double Spread
    {
        get
        {
            double middle = Quantile(0.9) - Quantile(0.1);
            double whole = Values[^1] - Values[0];
            return middle > 0 ? middle : whole > 0 ? whole : 1;
        }
    }

    /// <summary>The nearest legal value.</summary>
    public float Legal(double value)
    {
        double inside = Math.Clamp(value, Values[0], Values[^1]);
        return (float)(IsWhole ? Math.Round(inside) : inside);
    }

    /// <summary>The level that occurs most, the first of equals.</summary>
    public int Mode => Array.IndexOf(Shares, Shares.Max());

    /// <summary>The level of a row.</summary>
    /// <param name="row">Shape [width of the space].</param>
    public int LevelOf(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int level = 1; level < Levels.Count; level++)
        {
            best = row[Offset + level] > row[Offset + best] ? level : best;
        }

        return best;
    }

    /// <summary>Writes a level into a row.</summary>
    /// <param name="row">Shape [width of the space].</param>
    /// <param name="level">Its place.</param>
    public void SetLevel(Span<float> row, int level)
    {
        row.Slice(Offset, Levels.Count).Clear();
        row[Offset + level] = 1;
    }
}
