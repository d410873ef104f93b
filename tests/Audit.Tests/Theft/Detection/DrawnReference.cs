using Governance.Audit.Explanations;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

/// <summary>Rows of one made-up source: two numbers that depend on each other, one on a grid, a level of three, gaps.</summary>
internal static class DrawnReference
{
    /// <summary>Features of a row: number, dependent number, whole number, three one-hot, one with gaps.</summary>
    public const int Width = 7;

    /// <summary>The features of each column.</summary>
    public static IReadOnlyList<int[]> Columns { get; } = [[0], [1], [2], [3, 4, 5], [6]];

    /// <summary>Draws rows.</summary>
    public static float[] Rows(int count, int seed)
    {
        SeededRandom random = new(seed, 1);
        float[] rows = new float[count * Width];
        for (int row = 0; row < count; row++)
        {
            Span<float> own = rows.AsSpan(row * Width, Width);
            double first = random.NextDouble() + random.NextDouble() + random.NextDouble();
            own[0] = (float)first;
            own[1] = (float)(first + (0.8 * random.NextDouble()));
            own[2] = random.NextBelow(12);
            own[3 + (first > 1.8 ? 0 : random.NextBelow(3))] = 1;
            own[6] = random.NextBelow(10) == 0 ? float.NaN : (float)random.NextDouble();
        }

        return rows;
    }

    /// <summary>How far a row is from the cut of a simple rule.</summary>
    public static double Margin(ReadOnlySpan<float> row) => Math.Abs(row[0] - 1.7);

    /// <summary>A reference of drawn rows.</summary>
    public static WatchReference Make(int count, int seed)
    {
        float[] rows = Rows(count, seed);
        return new WatchReference(rows, Width, [.. Enumerable.Range(0, count).Select(row => Margin(rows.AsSpan(row * Width, Width)))], Columns);
    }
}
