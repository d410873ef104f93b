using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>How an attribution goes with its feature's value, in plain words. Pure.</summary>
internal static class DependenceWords
{
    /// <summary>Direction, extremes, and what else the attribution depends on.</summary>
    public static string Finding(string feature, DependenceTrend trend, string? color, IReadOnlyList<Partner> partners, int rows)
    {
        string of = $"n = {PlainNumbers.Count(rows)}";
        if (trend.Bins.Count == 0)
        {
            return $"No row has a value of {feature}, {of}";
        }

        if (trend.Bins is [{ } only])
        {
            return only.IsRange
                ? $"{PlainNumbers.Count(only.Rows)} rows with a value of {feature} are too few to tell how its attribution goes with it"
                : $"{feature} is {only.Words} in every row that has a value, so nothing tells how its attribution goes with it, {of}";
        }

        TrendBin low = trend.Bins.MinBy(bin => bin.Median)!;
        TrendBin high = trend.Bins.MaxBy(bin => bin.Median)!;
        string moves = !(high.Median > low.Median)
            ? $"The attribution of {feature} does not vary with its value"
            : $"The attribution of {feature} {(trend.IsNumeric ? $"{ProfileWords.Direction([.. trend.Bins.Select(bin => bin.Median)])} with its value" : "varies with its level")}: "
                + $"median {PlainNumbers.Signed(low.Median)} at {low.Words}, {PlainNumbers.Signed(high.Median)} at {high.Words}";
        double? share = partners.FirstOrDefault(partner => partner.Column == color)?.Share;
        string rest = color is null || share is null ? ""
            : $"; {color} goes with {PlainNumbers.Percent(Math.Max(0, share.Value))} of what the value leaves open";
        return $"{moves}{rest}, {of}";
    }

    /// <summary>Which rows have no dot, and why; empty where all have one.</summary>
    public static string Drawn(int drawn, int rows, int missing, int most) => drawn == rows ? ""
        : drawn == rows - missing ? $"{PlainNumbers.Count(missing)} of {PlainNumbers.Count(rows)} rows have no value and no dot. "
        : $"{PlainNumbers.Count(drawn)} of {PlainNumbers.Count(rows)} rows are drawn, {(drawn < most ? "those of the commonest levels" : "chosen by a hash of the row")}; line and table are of all. ";

    /// <summary>How the colour was chosen, in a sentence.</summary>
    public static string Choice(string feature, IReadOnlyList<Partner> partners)
    {
        if (partners.Count == 0)
        {
            return $"Rows of the same {feature} have the same attribution, or there are fewer than {InteractionPartner.LeastRows} rows: no feature is told to interact with it.";
        }

        string shares = string.Join(", ", partners.Take(3).Select(partner => $"{partner.Column} {PlainNumbers.Percent(Math.Max(0, partner.Share))}"));
        return partners[0].Share < InteractionPartner.LeastShare
            ? $"No feature goes with more than {PlainNumbers.Percent(InteractionPartner.LeastShare)} of what the value of {feature} leaves open in its attribution ({shares}): it acts nearly on its own."
            : $"Share of what the value of {feature} leaves open in its attribution: {shares}. The measure is the adjusted R² of means over the value's bins and quarters of the other feature.";
    }

    /// <summary>The bins as a table.</summary>
    public static PlotTable Table(string feature, DependenceTrend trend, AttributionUnit unit) => new(
        [feature, "Rows", $"Median attribution, {unit.Words}", "First quartile", "Third quartile"],
        [
            .. trend.Bins.Select(bin => (IReadOnlyList<string>)
            [
                bin.Words, PlainNumbers.Count(bin.Rows), PlainNumbers.Signed(bin.Median), PlainNumbers.Signed(bin.Quarter), PlainNumbers.Signed(bin.ThreeQuarters),
            ]),
            .. trend.Missing > 0 ? (IReadOnlyList<string>[])[["missing", PlainNumbers.Count(trend.Missing), "", "", ""]] : [],
        ]);
}
