using Governance.Audit.Equivalence;
using Governance.Audit.Findings;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Equivalence;

namespace Governance.Portal.Features.Comparisons;

/// <summary>The equivalence battery for people at the command line.</summary>
internal static class BatteryTables
{
    /// <summary>Writes the lines with a limit, what fails in words, the times, and the verdict.</summary>
    public static void Write(TextWriter people, BatteryAnswer answer)
    {
        people.WriteLine($"{answer.B} as a variant of {answer.A}, by {answer.Policy}: n = {PlainNumbers.Count(answer.Count)}");
        TextTable.Write(people, [["line", "of", "parent", "variant", "difference", "verdict", "needed n"], .. answer.Metrics.Where(line => line.Limit is not null || line.Topic == EquivalenceTopics.Cost).Select(Row)]);
        people.WriteLine();
        if (answer.Speed is SpeedReport speed)
        {
            TextTable.Write(people, [["rows a call", "parent p50 ms", "p95", "p99", "rows/s", "variant p50 ms", "p95", "p99", "rows/s"], .. speed.Sizes.Select(size =>
                (IReadOnlyList<string>)[$"{size.Rows}", .. Times(size.A), .. Times(size.B)])]);
            people.WriteLine();
        }

        foreach (EquivalenceLine line in answer.Failing)
        {
            people.WriteLine($"  {line.Sentence}");
        }

        people.WriteLine($"Equivalence: {EquivalenceWords.Verdict(answer.Verdict)}");
    }

    private static IReadOnlyList<string> Row(EquivalenceLine line) =>
    [
        line.Name, EquivalenceWords.Whom(line), line.A is null ? "" : BatteryWords.Figure(line, line.A), line.B is null ? "" : BatteryWords.Figure(line, line.B),
        line.Difference is null ? "" : TextTable.Number(line.Difference, line.Interval), EquivalenceWords.Verdict(line.Verdict),
        line.NeededN is long needed ? PlainNumbers.Count(needed) : "",
    ];

    private static IEnumerable<string> Times(SpeedTimes times) =>
        [.. ((double[])[times.P50, times.P95, times.P99]).Select(seconds => PlainNumbers.Value(1_000 * seconds)), PlainNumbers.Value(times.RowsPerSecond)];
}
