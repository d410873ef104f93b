using System.Globalization;
using Governance.Audit.Comparisons;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Comparisons;

/// <summary>A comparison as tables for the terminal.</summary>
internal static class ComparisonTables
{
    /// <summary>Writes metrics, flips and groups.</summary>
    public static void Write(TextWriter people, ComparisonReport report)
    {
        people.WriteLine(
            $"{report.Task}, {Count(report.Count)} rows; a = {report.A}, b = {report.B}; "
            + $"{report.Interval.ToString().ToLowerInvariant()} intervals of b − a at {(report.Level * 100).ToString("0.##", CultureInfo.InvariantCulture)} %");
        if (!report.Labelled)
        {
            people.WriteLine("no label: compared by what the two say, which tells nothing of who is right");
        }
        else
        {
            Metrics(people, report);
        }

        foreach (UndefinedScore undefined in report.Undefined)
        {
            people.WriteLine($"  undefined: {undefined.Metric}: {undefined.Reason}");
        }

        if (report.Flips is DecisionFlips flips)
        {
            people.WriteLine();
            people.WriteLine($"{Count(flips.Count)} rows decided differently, {TextTable.Number(flips.Share, flips.Interval)} of all");
            foreach (FlipMove move in flips.Moves.Take(12))
            {
                people.WriteLine($"  {move.From} to {move.To}: {Count(move.Count)}");
            }
        }

        if (report.Agreement is { Kappa: double kappa } agreement)
        {
            people.WriteLine($"they agree beyond chance by kappa {TextTable.Number(kappa, agreement.Interval)}");
        }

        if (report.Shift is ScoreShift shift)
        {
            people.WriteLine(
                $"b − a of the {(report.Task == "regression" ? "value" : "score")}: mean {TextTable.Number(shift.Mean, shift.Interval)}, "
                + $"9 of 10 rows from {TextTable.Number(shift.Quantiles[0])} to {TextTable.Number(shift.Quantiles[^1])}");
        }

        if (report.Discordant is DiscordantRows rows)
        {
            people.WriteLine(
                $"only a right: {rows.OnlyA:N0}, only b right: {rows.OnlyB:N0}; McNemar p {TextTable.PValue(rows.ExactP)} exact, {TextTable.PValue(rows.MidP)} mid-p");
        }

        if (report.Groups.Count > 0)
        {
            people.WriteLine();
            TextTable.Write(people, [["group", "n", "flips", "gained", "lost", "adjusted p", "verdict"], .. report.Groups.Select(group => (string[])
            [
                $"{group.Attribute} = {group.Group}", Count(group.Count), TextTable.Number(group.Share, group.Interval),
                Maybe(group.Gained), Maybe(group.Lost), TextTable.PValue(group.AdjustedPValue), group.Verdict,
            ])]);
        }
    }

    private static void Metrics(TextWriter people, ComparisonReport report) =>
        TextTable.Write(people, [["metric", "a", "b", "b − a", "p", "verdict"], .. report.Metrics.Select(metric => (string[])
        [
            metric.Name, TextTable.Number(metric.A), TextTable.Number(metric.B), TextTable.Number(metric.Difference, metric.Interval),
            TextTable.PValue(metric.PValue), metric.Verdict,
        ])]);

    private static string Maybe(int? count) => count is int known ? Count(known) : "-";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
