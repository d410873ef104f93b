namespace Governance.Audit.Comparisons;

/// <summary>Two versions' scores of the same rows as counts on a grid, so that 100,000 rows are drawn as fast as 100.</summary>
/// <param name="Low">The lower edge of both axes, in the unit of the scores.</param>
/// <param name="High">The upper edge of both axes, above <paramref name="Low"/>.</param>
/// <param name="Bins">Cells along each axis.</param>
/// <param name="Cells">Those with rows, by the first's bin, then by the second's.</param>
public sealed record ScoreGrid(double Low, double High, int Bins, IReadOnlyList<ScoreCell> Cells)
{
    /// <summary>The middle of a bin.</summary>
    /// <param name="bin">From 0.</param>
    public double Middle(int bin) => Low + ((bin + 0.5) * (High - Low) / Bins);
}

/// <summary>Rows whose two scores fall into one cell.</summary>
/// <param name="A">The bin of the first's score, from 0.</param>
/// <param name="B">The bin of the second's score, from 0.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Gained">Of them, those to which only the second gives the favourable outcome; 0 without one.</param>
/// <param name="Lost">Of them, those to which only the first gives it; 0 without one.</param>
public sealed record ScoreCell(int A, int B, int Count, int Gained, int Lost);

/// <summary>Counts rows by both versions' scores.</summary>
public static class ScoreCells
{
    /// <summary>Cells along each axis: fine enough to see a shift of 2 points in 100.</summary>
    public const int Bins = 48;

    /// <summary>Counts. O(rows).</summary>
    /// <param name="a">Shape [rows]: the first's scores or values; rows without a finite one in both are left out.</param>
    /// <param name="b">Shape [rows]: the second's.</param>
    /// <param name="gained">Shape [rows]: whether only the second gives the favourable outcome; empty without one.</param>
    /// <param name="lost">Shape [rows]: whether only the first does; empty without one.</param>
    /// <param name="unit">Whether they are probabilities: the grid is then [0, 1], else from the least to the largest.</param>
    /// <returns>Null where no row has both.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static ScoreGrid? Count(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<bool> gained, ReadOnlySpan<bool> lost, bool unit)
    {
        if (a.Length != b.Length || gained.Length != lost.Length || (gained.Length != 0 && gained.Length != a.Length))
        {
            throw new ArgumentException("Scores and decisions are of other rows.", nameof(b));
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int row = 0; row < a.Length; row++)
        {
            if (double.IsFinite(a[row]) && double.IsFinite(b[row]))
            {
                low = Math.Min(low, Math.Min(a[row], b[row]));
                high = Math.Max(high, Math.Max(a[row], b[row]));
            }
        }

        if (low > high)
        {
            return null;
        }

        (low, high) = unit && low >= 0 && high <= 1 ? (0, 1) : high > low ? (low, high) : (low - 0.5, high + 0.5);
        SortedDictionary<(int A, int B), (int Count, int Gained, int Lost)> cells = [];
        for (int row = 0; row < a.Length; row++)
        {
            if (double.IsFinite(a[row]) && double.IsFinite(b[row]))
            {
                (int, int) at = (BinOf(a[row], low, high), BinOf(b[row], low, high));
                (int count, int more, int fewer) = cells.GetValueOrDefault(at);
                bool decided = gained.Length > 0;
                cells[at] = (count + 1, more + (decided && gained[row] ? 1 : 0), fewer + (decided && lost[row] ? 1 : 0));
            }
        }

        return new ScoreGrid(
            low, high, Bins, [.. cells.Select(cell => new ScoreCell(cell.Key.A, cell.Key.B, cell.Value.Count, cell.Value.Gained, cell.Value.Lost))]);
    }

    // The last bin is closed.
    private static int BinOf(double value, double low, double high) => Math.Min(Bins - 1, (int)((value - low) / (high - low) * Bins));
}
