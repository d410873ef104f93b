using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Detection;

/// <summary>Rows on their way into a calibration: shuffled, taken apart, whitened, marked.</summary>
internal static class CalibrationRows
{
    /// <summary>The places of rows in an order that the seed draws.</summary>
    public static int[] Shuffled(int count, int seed)
    {
        SeededRandom random = new(seed, 10);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    /// <summary>Some of the rows, row-major.</summary>
    public static float[] Take(WatchReference reference, ReadOnlySpan<int> rows)
    {
        float[] taken = new float[rows.Length * reference.Width];
        for (int i = 0; i < rows.Length; i++)
        {
            reference.Row(rows[i]).CopyTo(taken.AsSpan(i * reference.Width));
        }

        return taken;
    }

    /// <summary>Rows on the scale of the reference, row-major.</summary>
    public static float[] Whiten(Whitening whitening, ReadOnlySpan<float> rows, int width)
    {
        float[] whitened = new float[rows.Length / width * whitening.Size];
        for (int row = 0; row < rows.Length / width; row++)
        {
            whitening.Apply(rows.Slice(row * width, width), whitened.AsSpan(row * whitening.Size, whitening.Size));
        }

        return whitened;
    }

    /// <summary>The marks of rows.</summary>
    public static IEnumerable<ulong> Marks(float[] rows, int width) =>
        Enumerable.Range(0, rows.Length / width).Select(row => RowMark.Of(rows.AsSpan(row * width, width)));
}
