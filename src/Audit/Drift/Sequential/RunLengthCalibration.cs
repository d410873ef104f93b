using Governance.Audit.Explanations;

namespace Governance.Audit.Drift.Sequential;

/// <summary>Finds the limit of cumulative sums at which a stream without change alarms as rarely as is asked for.</summary>
/// <remarks>
/// Streams are drawn from the reference with replacement. Each has a level and a scale of its own, taken from a reference that
/// is drawn anew as well, so that what is not known of the true mean is paid for. The mean run length is all looks divided by
/// all alarms over streams that go on after an alarm; the limit is halved in on with the same streams.
/// </remarks>
internal static class RunLengthCalibration
{
    private const int Halvings = 24;
    private const double StreamLengths = 4;
    private const long MostLooks = 1_500_000;

    /// <summary>The limit.</summary>
    /// <param name="reference">At least 2 values.</param>
    /// <param name="runLength">Looks before a false alarm, on average.</param>
    /// <param name="resamples">Streams.</param>
    /// <param name="seed">Of the draws.</param>
    public static double Limit(double[] reference, double runLength, int resamples, int seed)
    {
        int length = (int)Math.Ceiling(StreamLengths * runLength);
        int streams = (int)Math.Clamp(MostLooks / length, Math.Min(resamples, 20), resamples);
        (CusumStatistic[] statistics, int[][] picks) = Streams(reference, length, streams, seed);
        double low = 0;
        double high = 64;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = MeanRun(reference, statistics, picks, middle) < runLength ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static (CusumStatistic[] Statistics, int[][] Picks) Streams(double[] reference, int length, int streams, int seed)
    {
        CusumStatistic[] statistics = new CusumStatistic[streams];
        int[][] picks = new int[streams][];
        double[] drawn = new double[reference.Length];
        for (int stream = 0; stream < streams; stream++)
        {
            SeededRandom random = new(seed, stream);
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[i] = reference[random.NextBelow(reference.Length)];
            }

            statistics[stream] = new CusumStatistic(drawn);
            picks[stream] = new int[length];
            for (int i = 0; i < length; i++)
            {
                picks[stream][i] = random.NextBelow(reference.Length);
            }
        }

        return (statistics, picks);
    }

    private static double MeanRun(double[] reference, CusumStatistic[] statistics, int[][] picks, double limit)
    {
        long looks = 0;
        long alarms = 0;
        for (int stream = 0; stream < picks.Length; stream++)
        {
            CusumStatistic statistic = statistics[stream];
            statistic.Reset();
            foreach (int pick in picks[stream])
            {
                statistic.Add(reference[pick]);
                if (statistic.Value >= limit)
                {
                    alarms++;
                    statistic.Reset();
                }
            }

            looks += picks[stream].Length;
        }

        return (double)looks / Math.Max(1, alarms);
    }
}
