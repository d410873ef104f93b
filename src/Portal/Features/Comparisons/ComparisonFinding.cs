using Governance.Audit.Comparisons;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Comparisons;

/// <summary>A comparison in one sentence, with its uncertainty. Pure.</summary>
internal static class ComparisonFinding
{
    /// <summary>The finding.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="groups">The groups that the person who looks may see.</param>
    public static string Of(ComparisonReport report, IReadOnlyList<GroupFlips> groups)
    {
        int better = report.Metrics.Count(metric => metric.Verdict == "b-better");
        int worse = report.Metrics.Count(metric => metric.Verdict == "a-better");
        string quality = (better, worse) switch
        {
            (0, 0) => $"These rows do not tell {report.B} from {report.A} by any metric",
            (_, 0) => $"{report.B} is better than {report.A} by {Metrics(better)} and worse by none",
            (0, _) => $"{report.B} is worse than {report.A} by {Metrics(worse)} and better by none",
            _ => $"{report.B} is better than {report.A} by {Metrics(better)} and worse by {Metrics(worse)}",
        };
        string flips = report.Flips is not { } flipped ? ""
            : flipped.Count == 0 ? "; both decide every row alike"
            : $"; {PlainNumbers.Count(flipped.Count)} rows ({Percent(flipped.Share, flipped.Interval)}) are decided differently";
        return $"{quality}{flips}{Moved(groups)}.";
    }

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
