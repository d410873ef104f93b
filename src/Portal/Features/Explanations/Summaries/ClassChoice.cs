using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>Which class of a report a page shows. Pure.</summary>
internal static class ClassChoice
{
    /// <summary>Whether each row is explained for a class of its own.</summary>
    public static bool IsOwn(ExplanationReport report) => report.Rows.Any(row => row.ClassIndex is not null);

    /// <summary>The position shown.</summary>
    /// <param name="report">At least one row.</param>
    /// <param name="asked">The position in the address, or null.</param>
    /// <param name="row">The row in the data that the address names, or null.</param>
    /// <returns>What was asked for where it has rows; else the row's own class, else the class of the most rows.</returns>
    public static int Position(ExplanationReport report, int? asked, int? row)
    {
        if (!IsOwn(report))
        {
            return Math.Clamp(asked ?? 0, 0, report.BaseValue.Count - 1);
        }

        int[] counts = Counts(report);
        return asked is int wanted && wanted >= 0 && wanted < counts.Length && counts[wanted] > 0 ? wanted
            : report.Rows.FirstOrDefault(one => one.Row == row)?.ClassIndex is int own ? own
            : Array.IndexOf(counts, counts.Max());
    }

    /// <summary>The classes that can be shown: position and name, with its rows where each row has its own class.</summary>
    public static IReadOnlyList<(int Position, string Words)> Offered(ExplanationReport report)
    {
        if (report.BaseValue.Count < 2)
        {
            return [];
        }

        string Name(int position) => report.Classes is { } classes && position < classes.Count ? classes[position] : $"class {position}";
        if (!IsOwn(report))
        {
            return [.. Enumerable.Range(0, report.BaseValue.Count).Select(position => (position, Name(position)))];
        }

        int[] counts = Counts(report);
        return
        [
            .. Enumerable.Range(0, counts.Length).Where(position => counts[position] > 0)
                .Select(position => (position, $"{Name(position)}, predicted for {(counts[position] == 1 ? "1 row" : $"{Audit.Findings.PlainNumbers.Count(counts[position])} rows")}")),
        ];
    }

    /// <summary>
    /// The report as of one class, its position then 0: unchanged but where each row has its own class, where only the
    /// class's rows are left.
    /// </summary>
    /// <returns>The report and the position of the class in it.</returns>
    public static (ExplanationReport Report, int Position) Only(ExplanationReport report, int position) => !IsOwn(report)
        ? (report, position)
        : (report with
        {
            ClassIndex = position,
            Classes = report.Classes is { } classes ? [classes[position]] : null,
            BaseValue = [report.BaseValue[position]],
            Rows = [.. report.Rows.Where(row => row.ClassIndex == position).Select(row => row with { ClassIndex = null })],
        }, 0);

    private static int[] Counts(ExplanationReport report)
    {
        int[] counts = new int[report.BaseValue.Count];
        foreach (ExplainedRow row in report.Rows)
        {
            counts[row.ClassIndex ?? 0]++;
        }

        return counts;
    }
}
