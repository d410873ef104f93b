namespace Governance.Audit.Performance;

/// <summary>Predicted probabilities against observed shares, bin by bin.</summary>
/// <remarks>
/// Expected calibration error: Σ (wᵇ / W) |mean label − mean score| over the bins (Naeini, Cooper and Hauskrecht 2015);
/// the maximum calibration error is the largest term's distance.
/// </remarks>
public static class CalibrationBins
{
    /// <summary>Sorts rows into bins.</summary>
    /// <param name="probability">Shape [rows]: of the positive class, in [0, 1].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <param name="binning">Uniform: bin ⌊score · bins⌋, the last bin closed. Quantile: by the quantiles of the scores, right-open.</param>
    /// <param name="level">The confidence level of the observed shares, above 0 and below 1.</param>
    /// <param name="edge">Which bin a score on an edge between two belongs to.</param>
    /// <returns>One entry a bin, empty ones included.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 1.</exception>
    public static IReadOnlyList<CalibrationBin> Compute(
        ReadOnlySpan<double> probability, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight, int bins, Binning binning, double level,
        BinEdge edge = BinEdge.Above)
    {
        double[] inner = Edges(probability, bins, binning);
        OutcomeCell[] all = new OutcomeCell[bins];
        OutcomeCell[] positive = new OutcomeCell[bins];
        double[] scores = new double[bins];
        for (int row = 0; row < probability.Length; row++)
        {
            int bin = BinOf(probability[row], inner, bins, binning, edge);
            double mass = weight.IsEmpty ? 1 : weight[row];
            all[bin] = all[bin].With(mass);
            scores[bin] += mass * probability[row];
            if (label[row] == 1)
            {
                positive[bin] = positive[bin].With(mass);
            }
        }

        CalibrationBin[] result = new CalibrationBin[bins];
        for (int bin = 0; bin < bins; bin++)
        {
            Rate observed = Rate.Of(positive[bin], all[bin]);
            result[bin] = new CalibrationBin(
                bin == 0 ? 0 : inner[bin - 1],
                bin == bins - 1 ? 1 : inner[bin],
                all[bin].Rows,
                observed.IsDefined ? scores[bin] / all[bin].Weight : null,
                observed.IsDefined ? observed.Value : null,
                observed.Wilson(level)?.ToArray())
            {
                Weight = all[bin].Weight,
                EffectiveRows = all[bin].EffectiveRows,
            };
        }

        return result;
    }

    /// <summary>The weighted mean and the largest distance of observed share and mean score over the bins that have rows.</summary>
    /// <returns>Both in [0, 1]; NaN where no bin has rows.</returns>
    public static (double Expected, double Maximum) Errors(IReadOnlyList<CalibrationBin> bins)
    {
        double total = 0;
        double sum = 0;
        double most = double.NaN;
        foreach (CalibrationBin bin in bins)
        {
            if (bin is { Observed: double observed, MeanScore: double score })
            {
                double distance = Math.Abs(observed - score);
                total += bin.Weight;
                sum += bin.Weight * distance;
                most = double.IsNaN(most) ? distance : Math.Max(most, distance);
            }
        }

        return (sum / total, most);
    }

    /// <summary>The inner edges of bins.</summary>
    /// <param name="probability">Shape [rows], in [0, 1].</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <param name="binning">Equally wide, or at the quantiles of the scores.</param>
    /// <returns>Shape [bins − 1], ascending.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 1.</exception>
    public static double[] Edges(ReadOnlySpan<double> probability, int bins, Binning binning)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        return binning == Binning.Quantile
            ? QuantileEdges(probability, bins)
            : [.. Enumerable.Range(1, bins - 1).Select(k => (double)k / bins)];
    }

    /// <summary>The bin of a score.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <param name="inner">From <see cref="Edges"/>.</param>
    /// <param name="bins">The number of bins.</param>
    /// <param name="binning">How they are cut.</param>
    /// <param name="edge">Which bin a score on an edge belongs to.</param>
    public static int BinOf(double probability, ReadOnlySpan<double> inner, int bins, Binning binning, BinEdge edge) =>
        binning == Binning.Uniform && edge == BinEdge.Above
            ? Math.Min(bins - 1, (int)(probability * bins))
            : CountBefore(inner, probability, edge);

    /// <summary>The inner edges of bins of equally many rows: quantiles k / bins, interpolated linearly (Hyndman and Fan's type 7).</summary>
    /// <returns>Shape [bins − 1], ascending; edges may coincide, and a bin between them is empty.</returns>
    private static double[] QuantileEdges(ReadOnlySpan<double> probability, int bins)
    {
        double[] sorted = probability.ToArray();
        Array.Sort(sorted);
        double[] edges = new double[sorted.Length == 0 ? 0 : bins - 1];
        for (int i = 0; i < edges.Length; i++)
        {
            double position = (i + 1) * (1.0 / bins) * (sorted.Length - 1);
            int below = (int)position;
            double part = position - below;
            double low = sorted[below];
            double high = sorted[Math.Min(below + 1, sorted.Length - 1)];

            // From the nearer end, so that the interpolation is monotone and exact at both ends.
            edges[i] = part < 0.5 ? low + ((high - low) * part) : high - ((high - low) * (1 - part));
        }

        return edges;
    }

    // The edges at or below the value, or below it.
    private static int CountBefore(ReadOnlySpan<double> edges, double value, BinEdge edge)
    {
        int low = 0;
        int high = edges.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool before = edge == BinEdge.Above ? edges[middle] <= value : edges[middle] < value;
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
