namespace Governance.Audit.Inference;

/// <summary>Finds the quickest number of rows for one run of a session.</summary>
internal static class BatchTuning
{
    /// <summary>The fewest rows that a measurement needs: the largest size tried.</summary>
    public const int LeastRows = 4096;

    private const int Passes = 3;

    // A larger batch must be clearly quicker, because it costs latency and memory.
    private const double Worth = 0.95;

    /// <summary>Runs batches of 64 to 4,096 rows and keeps the smallest size that no larger one clearly beats.</summary>
    /// <param name="run">Runs so many rows.</param>
    /// <param name="time">The clock.</param>
    public static int Measure(Action<int> run, TimeProvider time)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        foreach (int rows in (ReadOnlySpan<int>)[64, 256, 1024, LeastRows])
        {
            double seconds = double.PositiveInfinity;
            for (int pass = 0; pass <= Passes; pass++)
            {
                long started = time.GetTimestamp();
                run(rows);
                seconds = pass == 0 ? seconds : Math.Min(seconds, time.GetElapsedTime(started).TotalSeconds / rows);
            }

            if (seconds < least * Worth)
            {
                (best, least) = (rows, seconds);
            }
        }

        return best;
    }
}
