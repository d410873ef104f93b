namespace Governance.Audit.Theft.Streams;

/// <summary>The legal rows of a model: what each readable column may hold, as the model reads it.</summary>
/// <remarks>
/// Learned from rows: a column of several features, or of one with at most <see cref="MostChoices"/> different values,
/// is a choice among those seen; any other is a number between the least and the most seen, on the grid that all seen
/// values keep. That is what a published schema says of it, and all that a portal of legal rows lets through.
/// </remarks>
public sealed class RowSpace
{
    /// <summary>The most different values of a single feature that count as a choice.</summary>
    public const int MostChoices = 2;

    // Grids that people write numbers on, from coarse to fine.
    private static readonly double[] Steps = [1, 0.5, 0.25, 0.1, 0.05, 0.01, 0.001];

    private readonly float[] rows;

    private RowSpace(float[] rows, int width, IReadOnlyList<RowColumn> columns)
    {
        this.rows = rows;
        Width = width;
        Columns = columns;
    }

    /// <summary>Features of a row.</summary>
    public int Width { get; }

    /// <summary>The readable columns.</summary>
    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The number of rows that the space was learned from.</summary>
    public int Count => rows.Length / Width;

    /// <summary>Learns the space.</summary>
    /// <param name="rows">Shape [count, width], row-major; NaN where missing. Kept, not copied.</param>
    /// <param name="width">Features of a row, at least 1.</param>
    /// <param name="columns">The features of each readable column; null takes each feature as a column.</param>
    /// <param name="choices">Columns, by their place, that are choices however many values they have; null for none.</param>
    /// <exception cref="ArgumentException">There are no rows, or no whole number of them.</exception>
    public static RowSpace Of(
        float[] rows, int width, IReadOnlyList<int[]>? columns = null, IReadOnlySet<int>? choices = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (rows.Length == 0 || rows.Length % width != 0)
        {
            throw new ArgumentException($"Expected at least one row of {width} values.", nameof(rows));
        }

        columns ??= [.. Enumerable.Range(0, width).Select(feature => (int[])[feature])];
        return new RowSpace(rows, width, [.. columns.Select((features, place) =>
            Learn(rows, width, features, choices?.Contains(place) ?? false))]);
    }

    /// <summary>Shape [<see cref="Width"/>]: a row that the space was learned from.</summary>
    public ReadOnlySpan<float> Row(int row) => rows.AsSpan(row * Width, Width);

    private static RowColumn Learn(float[] rows, int width, int[] features, bool choice)
    {
        int count = rows.Length / width;
        if (features.Length > 1)
        {
            return new RowColumn(features, Distinct(rows, width, features, int.MaxValue)!);
        }

        if (Distinct(rows, width, features, choice ? int.MaxValue : MostChoices) is float[][] few)
        {
            return new RowColumn(features, few);
        }

        float[] seen = [.. Enumerable.Range(0, count).Select(row => rows[(row * width) + features[0]]).Where(value => !float.IsNaN(value))];
        double step = Steps.FirstOrDefault(step => Array.TrueForAll(seen, value => OnGrid(value, step)));
        return new RowColumn(features, seen.Min(), seen.Max(), step);
    }

    private static float[][]? Distinct(float[] rows, int width, int[] features, int most)
    {
        Dictionary<string, float[]> found = new(StringComparer.Ordinal);
        for (int row = 0; row < rows.Length / width; row++)
        {
            float[] values = [.. features.Select(feature => rows[(row * width) + feature])];
            if (!float.IsNaN(values[0]) && found.TryAdd(string.Join(' ', values), values) && found.Count > most)
            {
                return null;
            }
        }

        return [.. found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
    }

    private static bool OnGrid(float value, double step)
    {
        double steps = value / step;
        return Math.Abs(steps - Math.Round(steps)) < 1e-4 * Math.Max(1, Math.Abs(steps) / 1_000);
    }
}
