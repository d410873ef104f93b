using Governance.Audit.Findings;
using Governance.Audit.Mitigation;

namespace Governance.Portal.Features.Mitigations;

/// <summary>What a mitigation found, in the sentences of its page. Pure.</summary>
internal static class MitigationFindings
{
    /// <summary>The finding: how far groups are apart before and after.</summary>
    public static string Title(MitigationReport report)
    {
        string rate = MitigationWords.Rate(report.Constraint!.Value);
        string attribute = report.Attribute.Replace("|", " and ", StringComparison.Ordinal);
        return report.Before.Disparity is double before && report.After.Disparity is double after
            ? $"The largest difference in {rate} by {attribute} {(after < before ? "falls" : "goes")} from "
                + $"{PlainNumbers.WithInterval(before, Interval(report, report.Before))} to {PlainNumbers.WithInterval(after, Interval(report, report.After))}"
            : $"The groups of {attribute} cannot be compared on the held-out rows";
    }

    // The summary's interval is of all groups, so it is the disparity's only where every group has a rule.
    private static IReadOnlyList<double>? Interval(MitigationReport report, MitigatedSide side) => report.LeftOut.Count > 0 ? null
        : side.SummaryIntervals.GetValueOrDefault(report.Constraint switch
        {
            ParityConstraint.DemographicParity => "demographic_parity_difference",
            ParityConstraint.EqualizedOdds => "equalized_odds_difference",
            ParityConstraint.FprParity or ParityConstraint.TnrParity => "predictive_equality_difference",
            _ => "equal_opportunity_difference",
        });

    /// <summary>What that costs: the change of accuracy over all rows, and the group that loses most of the favourable outcome.</summary>
    public static string Costs(MitigationReport report)
    {
        GroupChange? all = report.Changes.FirstOrDefault(change => change is { Group: "", Metric: "accuracy" });
        GroupChange? loser = report.Changes.Where(change => change is { Group.Length: > 0, Metric: "selection_rate", Difference: < 0 } && change.Interval![1] < 0)
            .MinBy(change => change.Difference);
        string cost = all?.Difference is double difference
            ? $"Accuracy over all rows changes by {PlainNumbers.Signed(difference)} [{PlainNumbers.Signed(all.Interval![0])}, {PlainNumbers.Signed(all.Interval[1])}]."
            : "";
        return loser is null
            ? $"{cost} No group is given “{report.Favourable}” surely less often than before."
            : $"{cost} {loser.Group} is given “{report.Favourable}” less often: {PlainNumbers.Signed(loser.Difference!.Value)} [{PlainNumbers.Signed(loser.Interval![0])}, {PlainNumbers.Signed(loser.Interval[1])}].";
    }

    /// <summary>What the numbers were computed from.</summary>
    public static IReadOnlyList<string> Provenance(MitigationReport report) =>
    [
        report.Method == MitigationMethod.RejectBand ? "reject option (Kamiran and others 2012)" : "thresholds by group (Hardt and others 2016)",
        $"largest difference allowed {PlainNumbers.Limit(report.Tolerance!.Value)}",
        $"n = {PlainNumbers.Count(report.HeldOut.FittedRows)} fitted, {PlainNumbers.Count(report.HeldOut.Rows)} judged",
        .. report.HeldOut.Seed is int seed ? [$"seed {seed}"] : Array.Empty<string>(),
        "paired intervals, Bonett and Price",
    ];
}
