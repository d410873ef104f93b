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
    private const int Slots = 256;

    /// <summary>Adds up a node's rows.</summary>
    /// <param name="rows">The node's rows.</param>
    /// <param name="slopes">Shape [rows of the table]: first derivatives of the loss.</param>
    /// <param name="curves">Shape [rows of the table]: second derivatives.</param>
    /// <param name="chosen">The features that the tree may use.</param>
    /// <returns>Shape [features, 256, 3]: sums of slopes and curves and the row count of each bin.</returns>
    public double[] Sum(ReadOnlyMemory<int> rows, double[] slopes, double[] curves, int[] chosen)
    {
        double[] sums = new double[features.Features * Slots * 3];

        // A feature's sums run over the rows in their order on one thread, so threads do not change a bit.
        Parallel.For(0, chosen.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, i =>
        {
            ReadOnlySpan<byte> bins = features.Bins(chosen[i]);
            Span<double> own = sums.AsSpan(chosen[i] * Slots * 3, Slots * 3);
            foreach (int row in rows.Span)
            {
                int slot = bins[row] * 3;
                own[slot] += slopes[row];
                own[slot + 1] += curves[row];
                own[slot + 2]++;
            }
        });
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
    /// <param name="sums">Shape [features, 256, 3].</param>
    /// <param name="chosen">The features that the tree may use.</param>
    public Split Best(double[] sums, int[] chosen)
    {
        Split best = default;
        foreach (int feature in chosen)
        {
            ReadOnlySpan<double> own = sums.AsSpan(feature * Slots * 3, Slots * 3);
            int last = features.Cuts(feature).Length;
            Total total = default;
            for (int bin = 0; bin <= last; bin++)
            {
                total = total.With(own, bin);
            }

            Total missing = default(Total).With(own, BinnedFeatures.Missing);
            Total all = total.And(missing);
            Total left = default;
            for (int bin = 0; bin < last; bin++)
            {
                left = left.With(own, bin);
                best = Better(best, feature, bin, missing.Rows == 0 ? left.Rows * 2 > total.Rows : false, left, all);
                if (missing.Rows > 0)
                {
                    best = Better(best, feature, bin, true, left.And(missing), all);
                }
            }
        }

        return best;
    }

    /// <summary>The value that lowers the objective most for these sums, before the learning rate.</summary>
    public double Leaf(double slope, double curve) => curve + options.Penalty > 0 ? -slope / (curve + options.Penalty) : 0;

    private Split Better(Split best, int feature, int bin, bool missingLeft, Total left, Total all)
    {
        Total right = new(all.Slope - left.Slope, all.Curve - left.Curve, all.Rows - left.Rows);
        if (left.Rows < options.LeastRows || right.Rows < options.LeastRows)
        {
            return best;
        }

        double gain = (Score(left) + Score(right) - Score(all)) / 2;

        // A gain that is rounding of the parts is none.
        return gain > best.Gain && gain > 1e-12 * Score(all) + 1e-12 ? new Split(gain, feature, bin, missingLeft) : best;
    }

    private double Score(Total part) => part.Curve + options.Penalty > 0 ? part.Slope * part.Slope / (part.Curve + options.Penalty) : 0;

    private readonly record struct Total(double Slope, double Curve, double Rows)
    {
        public Total With(ReadOnlySpan<double> sums, int bin) =>
            new(Slope + sums[bin * 3], Curve + sums[(bin * 3) + 1], Rows + sums[(bin * 3) + 2]);

        public Total And(Total other) => new(Slope + other.Slope, Curve + other.Curve, Rows + other.Rows);
    }
}
