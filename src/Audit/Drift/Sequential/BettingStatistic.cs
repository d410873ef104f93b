namespace Governance.Audit.Drift.Sequential;

/// <summary>An e-detector for the mean of bounded values: bets against it in both directions, of several sizes.</summary>
/// <remarks>
/// With y in [0, 1] and the mean in [low, high] the bets 1 + λ(y − high) and 1 − λ(y − low) are not negative and have
/// expectation at most 1; each feeds a Shiryaev–Roberts sum, and the mean of the sums is the statistic (Waudby-Smith and
/// Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024; Shin, Ramdas and Rinaldo 2023). The
/// interval of the mean is the empirical Bernstein one of Maurer and Pontil (COLT 2009).
/// </remarks>
internal sealed class BettingStatistic : ISequentialStatistic
{
    private const double Doubt = 0.01;

    private static readonly double[] Sizes = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

    private readonly double least;
    private readonly double width;
    private readonly double low;
    private readonly double high;
    private readonly double[] sums = new double[2 * Sizes.Length];

    /// <summary>Takes the mean from a reference.</summary>
    /// <param name="reference">At least 2 values.</param>
    /// <param name="least">Values below count as this.</param>
    /// <param name="largest">Values above count as this.</param>
    public BettingStatistic(double[] reference, double least, double largest)
    {
        this.least = least;
        width = largest > least ? largest - least : 1;
        double[] cut = [.. reference.Select(Cut)];
        double mean = cut.Average();
        double variance = cut.Sum(y => (y - mean) * (y - mean)) / (cut.Length - 1);
        double log = Math.Log(4 / Doubt);
        double error = Math.Sqrt(2 * variance * log / cut.Length) + (7 * log / (3 * (cut.Length - 1)));
        low = Math.Max(0, mean - error);
        high = Math.Min(1, mean + error);
    }

    public double Value => sums.Average();

    public void Add(double x)
    {
        double y = Cut(x);
        for (int i = 0; i < Sizes.Length; i++)
        {
            // Sizes are shares of the largest bet that cannot lose more than everything.
            sums[i] = (sums[i] + 1) * (1 + (Sizes[i] / Math.Max(high, 1e-9) * (y - high)));
            sums[Sizes.Length + i] = (sums[Sizes.Length + i] + 1) * (1 - (Sizes[i] / Math.Max(1 - low, 1e-9) * (y - low)));
        }
    }

    public void Reset() => Array.Clear(sums);

    private double Cut(double x) => Math.Clamp((x - least) / width, 0, 1);
}
