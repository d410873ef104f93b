using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Audit.Performance;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Sentences over a comparison. Pure.</summary>
internal static class ComparisonWords
{
    /// <summary>What was compared, and how.</summary>
    public static string Lede(ComparisonReport report)
    {
        string positive = report.Positive is null ? "" : $" Positive class “{report.Positive}”.";
        string method = report.Interval == IntervalMethod.Analytic ? "in closed form from the differences row by row" : "from rows drawn anew for both at once";
        return $"{PlainNumbers.Count(report.Count)} rows that both scored.{positive} "
            + (report.Labelled ? $"Intervals {method}." : "The data have no label column, so the two are compared by what they say alone.");
    }

    /// <summary>A verdict in words.</summary>
    public static string Verdict(string verdict) => verdict switch
    {
        "b-better" => "second better",
        "a-better" => "first better",
        "same" => "the same",
        _ => "undecided",
    };

    /// <summary>How many decisions flip.</summary>
    public static string Flips(DecisionFlips flips, int rows) => flips.Count == 0
        ? "Both decide every row alike"
        : $"{PlainNumbers.Count(flips.Count)} of {PlainNumbers.Count(rows)} rows are decided differently";

    /// <summary>Who is right where they differ.</summary>
    public static string Discordant(DiscordantRows rows, ComparisonReport report) =>
        $"Only {report.A} is right on {PlainNumbers.Count(rows.OnlyA)} rows, only {report.B} on {PlainNumbers.Count(rows.OnlyB)}; "
        + $"McNemar's p {PlainNumbers.Probability(rows.MidP)} that both are right equally often.";
}
