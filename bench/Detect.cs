using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Tests.Theft;
using Governance.Audit.Theft.Detection;
using Governance.Audit.Theft.Streams;

namespace Governance.Bench;

/// <summary>How soon each strategy of extraction raises an alarm, on each model: the table of docs/theft-detection.md.</summary>
internal static class Detect
{
    private const int Length = 1_000;

    /// <summary>Prints the share of streams that raised an alarm, the median query and the 90th percentile.</summary>
    /// <param name="streams">A cell.</param>
    /// <param name="wanted">Data or data and kind, such as "hmda" or "adult-gbt"; none for all.</param>
    public static void Run(int streams, IReadOnlyList<string> wanted)
    {
        Console.WriteLine($"{streams} streams of up to {Length:N0} distinct rows a cell; alarm share @ median query (90 % by)");
        Console.WriteLine();
        Row(["model", .. ThiefStrategies.All.Select(strategy => strategy.Name)]);
        Row(["---", .. ThiefStrategies.All.Select(_ => "---:")]);
        foreach (WatchCase one in WatchCase.All(Folders.Samples, Folders.Reference, wanted))
        {
            Stopwatch clock = Stopwatch.StartNew();
            WatchCalibration calibration = WatchCalibration.Fit(one.Reference, 20_26, default);
            double fit = clock.Elapsed.TotalSeconds;
            Row([one.Name, .. ThiefStrategies.All.Select(strategy => Cell(Alarms(one, calibration, strategy.Make, streams)))]);
            Console.Error.WriteLine($"{one.Name}: {one.Reference.Count} rows, {calibration.Ranked} ranked, fitted in {fit:0.0} s; {clock.Elapsed.TotalSeconds:0} s");
        }
    }

    private static int?[] Alarms(WatchCase one, WatchCalibration calibration, Func<RowSpace, int, QueryStream> make, int streams)
    {
        int?[] at = new int?[streams];
        Parallel.For(0, streams, stream => at[stream] = ThiefStrategies.FirstAlarm(one, new TrafficWatch(calibration), make(one.Held, 1_000 + stream), Length));
        return at;
    }

    private static string Cell(int?[] first)
    {
        int[] alarms = [.. first.OfType<int>().Order()];
        string share = ((double)alarms.Length / first.Length).ToString("0.00", CultureInfo.InvariantCulture);
        int ninety = (int)Math.Ceiling(0.9 * first.Length);
        return alarms.Length == 0 ? "0"
            : $"{share} @ {alarms[alarms.Length / 2]}" + (alarms.Length >= ninety ? $" ({alarms[ninety - 1]})" : "");
    }

    private static void Row(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
