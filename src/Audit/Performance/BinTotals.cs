namespace Governance.Audit.Performance;

/// <summary>Weights, scores and labels added up by bin, and the figures of calibration that follow.</summary>
internal sealed class BinTotals(int bins)
{
    private readonly double[] weights = new double[bins];
    private readonly double[] scores = new double[bins];
    private readonly double[] hits = new double[bins];

    /// <summary>Of all rows.</summary>
    public double Weight { get; private set; }

    /// <summary>Counts a row.</summary>
    public void Add(int bin, double score, double label, double weight)
    {
        weights[bin] += weight;
        scores[bin] += weight * score;
        hits[bin] += weight * label;
        Weight += weight;
    }

    /// <summary>The mean and the largest distance of observed share and mean score over the bins with weight.</summary>
    public (double Expected, double Maximum) Errors()
    {
        double sum = 0;
        double most = 0;
        for (int bin = 0; bin < weights.Length; bin++)
        {
            if (weights[bin] > 0)
            {
                double distance = Math.Abs(hits[bin] - scores[bin]);
                sum += distance;
                most = Math.Max(most, distance / weights[bin]);
            }
        }

        return (sum / Weight, most);
    }

    /// <summary>Murphy's parts of the Brier score (1973, Journal of Applied Meteorology 12, 595–600).</summary>
    /// <remarks>
    /// Score = reliability − resolution + uncertainty where every score in a bin is the same; what scores that differ inside
    /// a bin add or take away is the rest (Stephenson, Coelho and Jolliffe 2008, Weather and Forecasting 23, 752–757).
    /// </remarks>
    public (double Reliability, double Resolution, double Uncertainty) Murphy()
    {
        double mean = hits.Sum() / Weight;
        double reliability = 0;
        double resolution = 0;
        for (int bin = 0; bin < weights.Length; bin++)
        {
            if (weights[bin] > 0)
            {
                double observed = hits[bin] / weights[bin];
                double miss = (scores[bin] / weights[bin]) - observed;
                reliability += weights[bin] * miss * miss;
                resolution += weights[bin] * (observed - mean) * (observed - mean);
            }
        }

        return (reliability / Weight, resolution / Weight, mean * (1 - mean));
    }
}
