namespace Governance.Audit.Training.Trees;

/// <summary>A split of a node's rows.</summary>
/// <param name="Gain">How much it lowers the objective; 0 for no split.</param>
/// <param name="Feature">The feature.</param>
/// <param name="Bin">Bins up to this one go left.</param>
/// <param name="MissingLeft">Whether missing values go left.</param>
internal readonly record struct Split(double Gain, int Feature, int Bin, bool MissingLeft);

/// <summary>Sums of a node's rows by feature and bin, and the best split that they show.</summary>
/// <remarks>Gain and leaf values: Chen and Guestrin, "XGBoost", KDD 2016, equations 5 to 7.</remarks>
internal sealed class SplitSearch(BinnedFeatures features, BoostedTreesOptions options)
{
    private const int WorthThreads = 50_000; // cells; fewer are added up before a second thread wakes

    private readonly int width = (features.Missing + 1) * 3;

    /// <summary>Adds up a node's rows.</summary>
    /// <param name="rows">The node's rows.</param>
    /// <param name="slopes">Shape [rows of the table]: first derivatives of the loss.</param>
    /// <param name="curves">Shape [rows of the table]: second derivatives.</param>
    /// <param name="chosen">The features that the tree may use.</param>
    /// <returns>Shape [features, bins, 3]: sums of slopes and curves and the row count of each bin.</returns>
    public double[] Sum(ReadOnlyMemory<int> rows, double[] slopes, double[] curves, int[] chosen)
    {
        double[] sums = new double[features.Features * width];

        // A feature's sums run over the rows in their order on one thread, so threads do not change a bit.
        if (options.Threads == 1 || (long)rows.Length * chosen.Length < WorthThreads)
        {
            foreach (int feature in chosen)
            {
                Sum(feature, rows.Span, slopes, curves, sums);
            }
        }
        else
        {
            Parallel.For(0, chosen.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, i => Sum(chosen[i], rows.Span, slopes, curves, sums));
        }

        return sums;
    }

    /// <summary>The sums of one child: those of its parent less those of its sibling.</summary>
    public static double[] Subtract(double[] parent, double[] sibling)
    {
        double[] rest = new double[parent.Length];
        System.Numerics.Tensors.TensorPrimitives.Subtract(parent, sibling, rest);
        return rest;
    }

    /// <summary>The best split of a node; the first of equals.</summary>
    /// <param name="sums">Shape [features, bins, 3].</param>
    /// <param name="chosen">The features that the tree may use.</param>
    public Split Best(double[] sums, int[] chosen)
    {
        Split best = default;
        foreach (int feature in chosen)
        {
            ReadOnlySpan<double> own = sums.AsSpan(feature * width, width);
            int last = features.Cuts(feature).Length;
            Total total = default;
            for (int bin = 0; bin <= last; bin++)
            {
                total = total.With(own, bin);
            }

            Total missing = default(Total).With(own, features.Missing);
            Total all = total.And(missing);
            double before = Score(all);
            Total left = default;
            for (int bin = 0; bin < last; bin++)
            {
                left = left.With(own, bin);
                Improve(ref best, feature, bin, missing.Rows == 0 && left.Rows * 2 > total.Rows, left, all, before);
                if (missing.Rows > 0)
                {
                    Improve(ref best, feature, bin, true, left.And(missing), all, before);
                }
            }
        }

        return best;
    }

    /// <summary>The value that lowers the objective most for these sums, before the learning rate.</summary>
    public double Leaf(double slope, double curve) => curve + options.Penalty > 0 ? -slope / (curve + options.Penalty) : 0;

    private void Sum(int feature, ReadOnlySpan<int> rows, double[] slopes, double[] curves, double[] sums)
    {
        ReadOnlySpan<byte> bins = features.Bins(feature);
        Span<double> own = sums.AsSpan(feature * width, width);
        foreach (int row in rows)
        {
            int slot = bins[row] * 3;
            own[slot] += slopes[row];
            own[slot + 1] += curves[row];
            own[slot + 2]++;
        }
    }

    private void Improve(ref Split best, int feature, int bin, bool missingLeft, in Total left, in Total all, double before)
    {
        Total right = new(all.Slope - left.Slope, all.Curve - left.Curve, all.Rows - left.Rows);
        if (left.Rows < options.LeastRows || right.Rows < options.LeastRows)
        {
            return;
        }

        double gain = (Score(left) + Score(right) - before) / 2;

        // A gain that is rounding of the parts is none.
        if (gain > best.Gain && gain > (1e-12 * before) + 1e-12)
        {
            best = new Split(gain, feature, bin, missingLeft);
        }
    }

    private double Score(in Total part) => part.Curve + options.Penalty > 0 ? part.Slope * part.Slope / (part.Curve + options.Penalty) : 0;

    private readonly record struct Total(double Slope, double Curve, double Rows)
    {
        public Total With(ReadOnlySpan<double> sums, int bin) =>
            new(Slope + sums[bin * 3], Curve + sums[(bin * 3) + 1], Rows + sums[(bin * 3) + 2]);

        public Total And(Total other) => new(Slope + other.Slope, Curve + other.Curve, Rows + other.Rows);
    }
}
