using System.Diagnostics;

namespace Governance.Bench;

/// <summary>What one piece of work costs.</summary>
/// <param name="WallSeconds">Elapsed time.</param>
/// <param name="CpuSeconds">Processor time of the whole process, all threads and the collector included.</param>
internal readonly record struct Measurement(double WallSeconds, double CpuSeconds)
{
    /// <summary>Runs of one measurement, after one that warms up the compiler and the caches.</summary>
    public const int Runs = 5;

    /// <summary>The medians of <see cref="Runs"/> runs, each of the two for itself.</summary>
    public static Measurement Of(Action work)
    {
        using Process process = Process.GetCurrentProcess();
        work();
        double[] wall = new double[Runs];
        double[] cpu = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            // The collector's debt of the run before is not this run's.
            GC.Collect();
            process.Refresh();
            TimeSpan before = process.TotalProcessorTime;
            long started = Stopwatch.GetTimestamp();
            work();
            wall[run] = Stopwatch.GetElapsedTime(started).TotalSeconds;
            process.Refresh();
            cpu[run] = (process.TotalProcessorTime - before).TotalSeconds;
        }

        Array.Sort(wall);
        Array.Sort(cpu);
        return new Measurement(wall[Runs / 2], cpu[Runs / 2]);
    }
}
