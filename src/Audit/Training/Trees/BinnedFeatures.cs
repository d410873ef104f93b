namespace Governance.Audit.Training.Trees;

/// <summary>Features cut into at most 255 bins each, one byte a cell, a feature's cells together.</summary>
internal sealed class BinnedFeatures
{
    private readonly byte[] bins;
    private readonly float[][] cuts;
    private readonly int rows;

    private BinnedFeatures(byte[] bins, float[][] cuts, int rows, byte missing)
    {
        this.bins = bins;
        this.cuts = cuts;
        this.rows = rows;
        Missing = missing;
    }

    /// <summary>The bin of missing cells, after every feature's last.</summary>
    public byte Missing { get; }

    /// <summary>The number of features.</summary>
    public int Features => cuts.Length;

    /// <summary>The number of rows.</summary>
    public int Rows => rows;

    /// <summary>Shape [rows]: the bins of a feature.</summary>
    public ReadOnlySpan<byte> Bins(int feature) => bins.AsSpan(feature * rows, rows);

    /// <summary>Shape [bins - 1], increasing: bin b holds the values above cut b - 1 and at most cut b.</summary>
    public ReadOnlySpan<float> Cuts(int feature) => cuts[feature];

    /// <summary>Cuts each feature at its quantiles, or between all values where they are few.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="most">Bins a feature at most, 2 to 255.</param>
    public static BinnedFeatures Of(TrainingRows source, int most)
    {
        float[][] cuts = [.. Enumerable.Range(0, source.Features).Select(feature => Cut(source.Column(feature), most))];
        byte missing = (byte)(cuts.Max(own => own.Length) + 1);
        byte[] bins = new byte[source.Values.Length];
        for (int feature = 0; feature < cuts.Length; feature++)
        {
            float[] column = source.Column(feature);
            Span<byte> cells = bins.AsSpan(feature * column.Length, column.Length);
            for (int row = 0; row < column.Length; row++)
            {
                cells[row] = float.IsNaN(column[row]) ? missing : Bin(cuts[feature], column[row]);
            }
        }

        return new BinnedFeatures(bins, cuts, source.Count, missing);
    }

    private static float[] Cut(float[] column, int most)
    {
        float[] sorted = Array.FindAll(column, value => !float.IsNaN(value));
        Array.Sort(sorted);
        List<float> cuts = [];
        int taken = 0;
        for (int i = 1; i < sorted.Length; i++)
        {
            // A bin ends where the next value differs and its fair share of the rows still to come is full.
            if (sorted[i] != sorted[i - 1])
            {
                int left = most - cuts.Count;
                if (left > 1 && (Distinct(sorted, i, left) || (long)(i - taken) * left >= sorted.Length - taken))
                {
                    cuts.Add(Between(sorted[i - 1], sorted[i]));
                    taken = i;
                }
            }
        }

        return [.. cuts];
    }

    // Whether so few different values are left that each can have its bin.
    private static bool Distinct(float[] sorted, int from, int bins)
    {
        int distinct = 1;
        for (int i = from + 1; i < sorted.Length && distinct < bins; i++)
        {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }

        return distinct < bins;
    }

    // A float with low <= cut < high: the middle, unless rounding takes it to the upper end.
    private static float Between(float low, float high)
    {
        float middle = (float)(((double)low + high) / 2);
        return middle < high ? middle : low;
    }

    private static byte Bin(float[] cuts, float value)
    {
        int low = 0;
        int high = cuts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = value <= cuts[middle] ? (low, middle) : (middle + 1, high);
        }

        return (byte)low;
    }
}
