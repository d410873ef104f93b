using Governance.Audit.Fairness;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Fairness;

/// <summary>What a report knows of an attribute beside its rates, as tables. Pure.</summary>
internal static class FairnessDetails
{
    /// <summary>The tables of one attribute that have rows, in the order of pages.</summary>
    public static IReadOnlyList<DetailTable> Of(AttributeFairness attribute) =>
        [.. ((DetailTable?[])[Spreads(attribute), Tests(attribute), Stratified(attribute), Data(attribute), Proxies(attribute), Flips(attribute), Lacking(attribute)])
            .OfType<DetailTable>().Where(table => table.Rows.Count > 0)];

    /// <summary>How unequally outcomes fall on persons, and the part of it between groups; null for other tasks than decisions.</summary>
    public static DetailTable? Inequality(FairnessReport report)
    {
        if (report.Inequality is not OutcomeInequality all)
        {
            return null;
        }

        string[] Row(string name, double? persons, Func<GroupInequality, double?> between) =>
            [name, persons is null ? "–" : PlainNumbers.Value(persons), .. report.Attributes.Select(attribute => attribute.Inequality is GroupInequality own ? PlainNumbers.Value(between(own)) : "–")];
        return new DetailTable(
            "Inequality of outcomes",
            "A person's benefit is 1 for a just decision, 2 for one better and 0 for one worse than the label; 0 means that all fare alike.",
            ["Index", "All persons", .. report.Attributes.Select(attribute => $"Between {attribute.Attribute}")],
            [
                Row("Theil", all.Theil, own => own.BetweenTheil),
                Row("Generalised entropy, α = 2", all.GeneralizedEntropy, own => own.BetweenGeneralizedEntropy),
                Row("Coefficient of variation", all.CoefficientOfVariation, own => own.BetweenCoefficientOfVariation),
                Row("Part between groups", null, own => own.BetweenShare),
                Row("Differential fairness", null, own => own.DifferentialFairness),
                Row("Bias amplification", null, own => own.BiasAmplification),
            ]);
    }

    private static DetailTable Spreads(AttributeFairness attribute) => new(
        "Worst pair of groups by metric",
        "Intervals hold for all pairs at once, and hold 0 (or 1) where groups are alike.",
        ["Metric", "Lowest", "Highest", "Difference", "Ratio"],
        attribute.Groups.Count < 2 ? [] : [.. attribute.Spreads.Select(spread => (string[])
        [
            Named(spread.Metric), $"{spread.Lowest.Group}: {PlainNumbers.Value(spread.Lowest.Value)}", $"{spread.Highest.Group}: {PlainNumbers.Value(spread.Highest.Value)}",
            PlainNumbers.WithInterval(spread.Difference, spread.DifferenceInterval) + (spread.Furthest is string furthest ? $" ({furthest})" : ""),
            spread.Ratio is null ? "–" : PlainNumbers.WithInterval(spread.Ratio, spread.RatioInterval),
        ])]);

    private static DetailTable Tests(AttributeFairness attribute) => new(
        "Groups compared two by two",
        "p values are adjusted among the comparisons of one metric; Fisher's and Barnard's tests are exact. Rows to decide: about how many rows of both groups would move the interval off 0.",
        ["Groups", "Metric", "Difference", "Ratio", "p", "p, adjusted", "Fisher", "Barnard", "Rows to decide"],
        [.. attribute.Tests.Select(test => (string[])
        [
            $"{test.GroupA} − {test.GroupB}", Named(test.Metric), PlainNumbers.WithInterval(test.Difference, test.Interval),
            test.Ratio is null ? "–" : PlainNumbers.WithInterval(test.Ratio, test.RatioInterval), PlainNumbers.Probability(test.PValue),
            PlainNumbers.Probability(test.AdjustedPValue), PlainNumbers.Probability(test.FisherPValue), PlainNumbers.Probability(test.BarnardPValue),
            test.NeededRows is long needed ? PlainNumbers.Count(needed) : "–",
        ])]);

    private static DetailTable Stratified(AttributeFairness attribute) => new(
        "Within the levels of the control columns",
        "Mantel and Haenszel's common difference and ratio, and the test of no difference within any level.",
        ["Groups", "Metric", "Difference", "Ratio", "p", "p, adjusted", "Levels"],
        [.. (attribute.Stratified ?? []).Select(test => (string[])
        [
            $"{test.GroupA} − {test.GroupB}", Named(test.Metric), PlainNumbers.WithInterval(test.Difference, test.Interval),
            test.Ratio is null ? "–" : PlainNumbers.WithInterval(test.Ratio, test.RatioInterval), PlainNumbers.Probability(test.PValue),
            PlainNumbers.Probability(test.AdjustedPValue), PlainNumbers.Count(test.Strata),
        ])]);

    private static DetailTable? Data(AttributeFairness attribute) => attribute.Data is not DataBalance data ? null : new(
        "The groups in the data itself",
        $"Smallest group over largest: {PlainNumbers.Value(data.RepresentationRatio)}; evenness {PlainNumbers.Value(data.Evenness)} (1 is equal shares)."
            + (data.LabelAssociation is double v ? $" Label and group: Cramér's V {PlainNumbers.Value(v)}, p {PlainNumbers.Probability(data.LabelPValue)}." : ""),
        ["Group", "Rows", "Share", "Favourable labels", "Without label"],
        [.. data.Groups.Select(group => (string[])
        [
            group.Group, PlainNumbers.Count(group.Count), PlainNumbers.WithInterval(group.Share, group.ShareInterval),
            group.FavourableLabels is null ? "–" : PlainNumbers.WithInterval(group.FavourableLabels, group.FavourableInterval),
            group.MissingLabels is int missing ? PlainNumbers.Count(missing) : "–",
        ])]);

    private static DetailTable? Proxies(AttributeFairness attribute) => attribute.Proxies is not ProxyReport proxies ? null : new(
        $"How well other columns tell {attribute.Attribute}",
        $"Of {PlainNumbers.Count(proxies.Rows)} rows, scored by what other rows taught; an area of 0.5 tells nothing.",
        ["Column", "Entropy explained", "ROC AUC", "Group told best", "p, adjusted"],
        [
            .. (proxies.Together ?? []).Select(group => (string[])
                ["All columns together", "–", PlainNumbers.WithInterval(group.RocAuc, group.Interval), group.Group, "–"]),
            .. proxies.Columns.Select(column => (string[])
            [
                column.Column, PlainNumbers.Value(column.Explained), column.RocAuc is null ? "–" : PlainNumbers.WithInterval(column.RocAuc, column.Interval),
                column.Group ?? "–", PlainNumbers.Probability(column.AdjustedPValue),
            ]),
        ]);

    private static DetailTable? Flips(AttributeFairness attribute) => attribute.Flips is not FlipReport flips ? null : new(
        $"Decisions if {attribute.Attribute} alone were another",
        flips.IsInput
            ? $"{PlainNumbers.Percent(flips.Rate)} of {PlainNumbers.Count(flips.Rows)} rows are decided otherwise under at least one other level."
            : "The model does not read the column, so changing it alone changes no decision.",
        ["Changed to", "Rows of other groups", "Decisions that change", "Become favourable", "Become unfavourable", "Mean change of score"],
        flips.IsInput ? [.. flips.To.Select(level => (string[])
        [
            level.Group, PlainNumbers.Count(level.Count), PlainNumbers.WithInterval(level.Rate, level.Interval), PlainNumbers.Value(level.BecomeFavourable),
            PlainNumbers.Value(level.BecomeUnfavourable), level.MeanScoreChange is null ? "–" : PlainNumbers.Signed(level.MeanScoreChange),
        ])] : [["any", PlainNumbers.Count(flips.Rows), "0.000", "0.000", "0.000", "–"]]);

    private static DetailTable Lacking(AttributeFairness attribute) => new(
        "Undefined, and resting on few rows",
        "Groups without a figure are left out of summaries, never counted as 0.",
        ["Metric", "Groups", "Why"],
        [.. attribute.Undefined.Concat(attribute.FewEvents).Select(lack => (string[])
            [Named(lack.Metric), lack.Groups.Count == 0 ? "all" : string.Join(", ", lack.Groups), lack.Reason])]);

    private static string Named(string metric)
    {
        string words = MetricWords.Of(metric);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
