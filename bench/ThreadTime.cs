using System.Runtime.InteropServices;

namespace Governance.Bench;

/// <summary>The processor time of the calling thread, which other work on the machine hardly changes.</summary>
internal static partial class ThreadTime
{
    private const int ThreadCpuClock = 3;

    /// <summary>Seconds since the thread began, on Linux.</summary>
    public static double Seconds()
    {
        _ = ClockGetTime(ThreadCpuClock, out Moment now);
        return now.Seconds + (now.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Moment now);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Moment
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
