namespace Governance.Audit.Copies;

/// <summary>The features of training rows cut into bins at their quantiles.</summary>
internal sealed class FeatureBins
{
    private const int MostBins = 64;

    /// <summary>Bins all rows.</summary>
    public FeatureBins(TrainingRows rows)
    {
        Rows = rows.Rows;
        Width = rows.Width;
        Limits = new double[rows.Width][];
        Bins = new byte[rows.Features.Length];
        for (int column = 0; column < Width; column++)
        {
            int at = column;
            double[] values = [.. Enumerable.Range(0, Rows).Select(row => rows.Features[(row * Width) + at]).Order()];
            double[] distinct = [.. values.Distinct()];
            Limits[column] = distinct.Length <= MostBins
                ? [.. distinct.Zip(distinct.Skip(1), (a, b) => (a + b) / 2)]
                : [.. Enumerable.Range(1, MostBins - 1).Select(i => values[(int)((long)i * values.Length / MostBins)]).Distinct()];
            for (int row = 0; row < Rows; row++)
            {
                int place = Array.BinarySearch(Limits[column], rows.Features[(row * Width) + column]);
                Bins[(row * Width) + column] = (byte)(place < 0 ? ~place : place);
            }
        }
    }

    public int Rows { get; }

    public int Width { get; }

    /// <summary>For each feature the limits between its bins, ascending; a value on a limit belongs below it.</summary>
    public double[][] Limits { get; }

    /// <summary>Shape [rows, width].</summary>
    public byte[] Bins { get; }
}

/// <summary>One tree grown on gradients.</summary>
internal sealed class GrownTree
{
    private const int FewestRows = 3;

    private readonly List<(int Feature, double Limit, int Low, int High, double Value)> nodes = [];

    /// <summary>Grows a tree that lowers a loss.</summary>
    /// <param name="bins">The features.</param>
    /// <param name="slope">Shape [rows]: the loss's derivative.</param>
    /// <param name="curvature">Shape [rows]: its second derivative, above 0.</param>
    /// <param name="sample">The rows to grow on.</param>
    /// <param name="columns">The features that may be asked.</param>
    /// <param name="depth">Tests from the root to a leaf, at most.</param>
    /// <param name="ridge">Added to each leaf's curvature.</param>
    public static GrownTree Grow(
        FeatureBins bins, double[] slope, double[] curvature, int[] sample, int[] columns, int depth, double ridge)
    {
        GrownTree tree = new();
        tree.Add(bins, slope, curvature, sample, columns, depth, ridge);
        return tree;
    }

    /// <summary>The value of the leaf in which a row ends.</summary>
    public double Predict(ReadOnlySpan<double> row)
    {
        int at = 0;
        while (nodes[at].Feature >= 0)
        {
            at = row[nodes[at].Feature] <= nodes[at].Limit ? nodes[at].Low : nodes[at].High;
        }

        return nodes[at].Value;
    }

    /// <summary>The tests, the root first, then the side of small values.</summary>
    public TreeSplits Splits()
    {
        List<int> features = [];
        List<double> limits = [];
        Visit(0);
        return new TreeSplits([.. features], [.. limits]);

        void Visit(int at)
        {
            features.Add(nodes[at].Feature);
            limits.Add(nodes[at].Limit);
            if (nodes[at].Feature >= 0)
            {
                Visit(nodes[at].Low);
                Visit(nodes[at].High);
            }
        }
    }

    private int Add(FeatureBins bins, double[] slope, double[] curvature, int[] rows, int[] columns, int depth, double ridge)
    {
        double g = rows.Sum(row => slope[row]);
        double h = rows.Sum(row => curvature[row]);
        int at = nodes.Count;
        nodes.Add((-1, 0, -1, -1, -g / (h + ridge)));
        if (depth == 0 || rows.Length < 2 * FewestRows || Best(bins, slope, curvature, rows, columns, g, h, ridge) is not (int feature, int bin))
        {
            return at;
        }

        int[] low = [.. rows.Where(row => bins.Bins[(row * bins.Width) + feature] <= bin)];
        int[] high = [.. rows.Where(row => bins.Bins[(row * bins.Width) + feature] > bin)];
        int left = Add(bins, slope, curvature, low, columns, depth - 1, ridge);
        int right = Add(bins, slope, curvature, high, columns, depth - 1, ridge);
        nodes[at] = (feature, bins.Limits[feature][bin], left, right, 0);
        return at;
    }

    private static (int Feature, int Bin)? Best(
        FeatureBins bins, double[] slope, double[] curvature, int[] rows, int[] columns, double g, double h, double ridge)
    {
        (int, int)? best = null;
        double most = (g * g / (h + ridge)) + 1e-9;
        Span<double> slopes = stackalloc double[65];
        Span<double> curves = stackalloc double[65];
        Span<int> counts = stackalloc int[65];
        foreach (int feature in columns)
        {
            slopes.Clear();
            curves.Clear();
            counts.Clear();
            foreach (int row in rows)
            {
                int bin = bins.Bins[(row * bins.Width) + feature];
                slopes[bin] += slope[row];
                curves[bin] += curvature[row];
                counts[bin]++;
            }

            double gl = 0;
            double hl = 0;
            int n = 0;
            for (int bin = 0; bin < bins.Limits[feature].Length; bin++)
            {
                gl += slopes[bin];
                hl += curves[bin];
                n += counts[bin];
                double gain = (gl * gl / (hl + ridge)) + ((g - gl) * (g - gl) / (h - hl + ridge));
                if (n >= FewestRows && rows.Length - n >= FewestRows && gain > most)
                {
                    (most, best) = (gain, (feature, bin));
                }
            }
        }

        return best;
    }
}
