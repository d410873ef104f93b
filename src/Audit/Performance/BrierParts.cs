namespace Governance.Audit.Performance;

/// <summary>The Brier score taken apart: what bad calibration costs, what telling rows apart gains, and what the outcome leaves open anyway.</summary>
/// <remarks>
/// Murphy (1973), Journal of Applied Meteorology 12, 595–600: score = reliability − resolution + uncertainty over bins of
/// the score. Scores differ within a bin; the rest that this leaves (Stephenson, Coelho and Jolliffe 2008, Weather and
/// Forecasting 23, 752–757) is <paramref name="WithinBins"/>, so that the parts add up exactly.
/// </remarks>
/// <param name="Score">The mean squared distance of score and outcome, in [0, 1].</param>
/// <param name="Reliability">The weighted mean squared distance of a bin's mean score and its observed share; 0 is perfectly calibrated.</param>
/// <param name="Resolution">The weighted mean squared distance of a bin's observed share and the share overall; more is better.</param>
/// <param name="Uncertainty">Share · (1 − share) of the outcome: the score of saying the share of every row.</param>
/// <param name="WithinBins">Score − reliability + resolution − uncertainty: from differences of scores inside bins.</param>
public readonly record struct BrierParts(double Score, double Reliability, double Resolution, double Uncertainty, double WithinBins)
{
    /// <summary>Takes the score of labelled rows apart. O(rows · log bins).</summary>
    /// <param name="probability">Shape [rows]: of the positive class, in [0, 1].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <param name="binning">Equally wide, or at the quantiles of the scores.</param>
    /// <returns>All NaN without weight.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static BrierParts Of(
        ReadOnlySpan<double> probability, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight, int bins, Binning binning)
    {
        if (label.Length != probability.Length || (!weight.IsEmpty && weight.Length != probability.Length))
        {
            throw new ArgumentException("Scores, labels and weights need equally many rows.", nameof(label));
        }

        double[] inner = CalibrationBins.Edges(probability, bins, binning);
        double[] mass = new double[bins];
        double[] scores = new double[bins];
        double[] positives = new double[bins];
        double squares = 0;
        for (int row = 0; row < probability.Length; row++)
        {
            double own = weight.IsEmpty ? 1 : weight[row];
            int bin = CalibrationBins.BinOf(probability[row], inner, bins, binning, BinEdge.Above);
            double truth = label[row] == 1 ? 1 : 0;
            mass[bin] += own;
            scores[bin] += own * probability[row];
            positives[bin] += own * truth;
            squares += own * (probability[row] - truth) * (probability[row] - truth);
        }

        double all = mass.Sum();
        double share = positives.Sum() / all;
        double reliability = 0;
        double resolution = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            if (mass[bin] > 0)
            {
                double observed = positives[bin] / mass[bin];
                double distance = (scores[bin] / mass[bin]) - observed;
                reliability += mass[bin] / all * distance * distance;
                resolution += mass[bin] / all * (observed - share) * (observed - share);
            }
        }

        double score = squares / all;
        double uncertainty = share * (1 - share);
        return all > 0
            ? new BrierParts(score, reliability, resolution, uncertainty, score - reliability + resolution - uncertainty)
            : new BrierParts(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
    }
}
