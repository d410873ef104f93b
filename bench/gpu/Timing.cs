using System.Diagnostics;

namespace Governance.Bench.Gpu;

/// <summary>Seconds of work that may take long.</summary>
internal static class Timing
{
    private const double LongEnough = 20;

    /// <summary>The median of three runs after one that loads and warms up; where that one took 20 seconds, it is the figure.</summary>
    public static double Median(Action work)
    {
        double first = Once(work);
        if (first > LongEnough)
        {
            return first;
        }

        double[] seconds = [Once(work), Once(work), Once(work)];
        Array.Sort(seconds);
        return seconds[1];
    }

    private static double Once(Action work)
    {
        long started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
