using System.Globalization;

namespace Governance.Bench;

/// <summary>The memory of this process as Linux counts it, in megabytes (10^6 bytes).</summary>
internal static class Memory
{
    /// <summary>Collects garbage, forgets the peak so far, and returns what is resident now.</summary>
    public static double ResetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Field("VmRSS:");
    }

    /// <summary>The most that was resident since then.</summary>
    public static double Peak() => Field("VmHWM:");

    private static double Field(string name) => double.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024 / 1e6;
}
