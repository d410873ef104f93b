using Governance.Audit.Comparisons;
using Governance.Audit.Findings;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Features.Comparisons;

/// <summary>A comparison in one sentence, with its uncertainty. Pure.</summary>
internal static class ComparisonFinding
{
    /// <summary>The finding.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="groups">The groups that the person who looks may see.</param>
    public static string Of(ComparisonReport report, IReadOnlyList<GroupFlips> groups)
    {
        if (!report.Labelled)
        {
            return Unjudged(report, groups);
        }

        int better = report.Metrics.Count(metric => metric.Verdict == "b-better");
        int worse = report.Metrics.Count(metric => metric.Verdict == "a-better");
        string quality = (better, worse) switch
        {
            (0, 0) => $"These rows do not tell {report.B} from {report.A} by any metric",
            (_, 0) => $"{report.B} is better than {report.A} by {Metrics(better)} and worse by none",
            (0, _) => $"{report.B} is worse than {report.A} by {Metrics(worse)} and better by none",
            _ => $"{report.B} is better than {report.A} by {Metrics(better)} and worse by {Metrics(worse)}",
        };
        return $"{quality}{(Flips(report) is string flips ? $"; {flips}" : "")}{Moved(groups)}.";
    }

    // What two versions say tells nothing of which is right.
    private static string Unjudged(ComparisonReport report, IReadOnlyList<GroupFlips> groups)
    {
        string agreement = report.Agreement is { Kappa: double kappa } known ? $" (kappa {PlainNumbers.WithInterval(kappa, known.Interval)})" : "";
        string what = report.Task == "regression" ? "values" : "scores";
        string shift = report.Shift is not { } moved ? ""
            : moved.Interval is { } ends && (ends[0] > 0 || ends[1] < 0)
            ? $"{report.B}’s {what} are {PlainNumbers.Value(Math.Abs(moved.Mean))} {(moved.Mean > 0 ? "higher" : "lower")} on average"
            : $"the {what} do not shift on average";
        string[] said = [.. ((string?[])[Flips(report) is string flips ? flips + agreement : null, shift]).OfType<string>().Where(part => part.Length > 0)];
        return $"{PerformanceWords.Capital(string.Join("; ", said))}{Moved(groups)}. No label says which version is right.";
    }

    private static string? Flips(ComparisonReport report) => report.Flips is not { } flipped ? null
        : flipped.Count == 0 ? "both decide every row alike"
        : $"{PlainNumbers.Count(flipped.Count)} rows ({Percent(flipped.Share, flipped.Interval)}) are decided differently";

    private static string Metrics(int count) => count == 1 ? "1 metric" : $"{PlainNumbers.Count(count)} metrics";

    private static string Percent(double share, IReadOnlyList<double>? interval) => interval is null
        ? PlainNumbers.Percent(share)
        : $"{PlainNumbers.Percent(share)}, 95 % interval {PlainNumbers.Percent(interval[0])} to {PlainNumbers.Percent(interval[1])}";

    private static string Moved(IReadOnlyList<GroupFlips> groups)
    {
        string[] loses = [.. groups.Where(group => group.Verdict == "loses").Select(group => $"{group.Attribute} = {group.Group}")];
        string[] gains = [.. groups.Where(group => group.Verdict == "gains").Select(group => $"{group.Attribute} = {group.Group}")];
        return groups.Count == 0 ? ""
            : loses.Length + gains.Length == 0 ? "; no protected group gains or loses more than chance"
            : $"{(loses.Length > 0 ? $"; {string.Join(", ", loses)} lose{(loses.Length == 1 ? "s" : "")} favourable outcomes" : "")}"
                + $"{(gains.Length > 0 ? $"; {string.Join(", ", gains)} gain{(gains.Length == 1 ? "s" : "")} them" : "")}";
    }
}
