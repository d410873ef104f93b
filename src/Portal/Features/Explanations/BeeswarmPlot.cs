using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations.Summaries;

namespace Governance.Portal.Features.Explanations;

/// <summary>One dot a row and feature: how far the feature moved the output, coloured by the feature's value. Pure.</summary>
/// <remarks>Above <see cref="SwarmTraces.MostDots"/> a dot stands for the rows at its place.</remarks>
internal static class BeeswarmPlot
{
    private const int BottomMargin = 52; // axis and its title, in CSS pixels

    /// <summary>Draws the attributions of one class.</summary>
    /// <param name="report">At least one explained row.</param>
    /// <param name="position">Which class of the report's arrays.</param>
    /// <param name="order">The features, the most important first; those the report lacks are left out.</param>
    /// <param name="data">The data explained; dots of a feature that it has no column for are grey.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static PlotDrawing Draw(ExplanationReport report, int position, IReadOnlyList<string> order, Table data) =>
        Draw(AttributionMatrix.Of(report, position), AttributionUnit.Of(report, position), order, data);

    /// <summary>Draws the attributions of some rows.</summary>
    /// <param name="attributions">At least one row.</param>
    /// <param name="unit">What they are measured in.</param>
    /// <param name="order">The features, the most important first; those the attributions lack are left out.</param>
    /// <param name="data">The data explained; dots of a feature that it has no column for are grey.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static PlotDrawing Draw(AttributionMatrix attributions, AttributionUnit unit, IReadOnlyList<string> order, Table data)
    {
        ArgumentOutOfRangeException.ThrowIfZero(attributions.Count, nameof(attributions));
        List<string> known = [.. attributions.Features];
        int[] shown = [.. order.Select(name => known.IndexOf(name)).Where(feature => feature >= 0)];
        long dots = (long)shown.Length * attributions.Count;
        bool dense = dots > SwarmTraces.MostDots;
        double[][] values = [.. shown.Select(attributions.Column)];
        (double low, double high) = (values.Select(column => column.Min()).DefaultIfEmpty(0).Min(), values.Select(column => column.Max()).DefaultIfEmpty(0).Max());
        string[] names = [.. shown.Select(feature => known[feature])];
        return new PlotDrawing
        {
            Title = Title(names, values, attributions.Count),
            Description = dense
                ? $"{PlainNumbers.Count(dots)} attributions, too many for dots of their own: each dot is one row that stands for all rows at its place, chosen by a hash "
                    + "of the row and so the same at every look. Colour is the feature's value, low to high. Where rows are many the swarm is wide."
                : $"One dot a row and feature, {PlainNumbers.Count(dots)} in all; colour is the feature's value, low to high. "
                    + "Where dots are dense the swarm is wide.",
            Figure = new PlotFigure(
                SwarmTraces.Of(names, values, low, high, attributions.Rows.ToArray(), data), Layout(names, unit, low, high)),
            Table = Twin(names, values, unit),
            Height = PlotJson.RowsHeight(names.Length),
        };
    }

    private static JsonObject Layout(string[] names, AttributionUnit unit, double low, double high)
    {
        double beyond = high > low ? (high - low) / 50 : 1; // room for half a dot
        JsonObject axis = PlotJson.FeatureAxis(names);
        axis["type"] = "linear";
        axis.Remove("categoryorder");
        axis.Remove("categoryarray");
        axis["tickvals"] = PlotJson.Numbers(Enumerable.Range(0, names.Length).Select(line => (double)line));
        axis["showgrid"] = true;
        return new JsonObject
        {
            ["xaxis"] = new JsonObject
            {
                ["title"] = new JsonObject { ["text"] = $"Attribution, {PlotJson.Escape(unit.Words)}" },
                ["zeroline"] = true,
                ["range"] = PlotJson.Numbers([low - beyond, high + beyond]),
                ["automargin"] = false,
            },
            ["yaxis"] = axis,
            ["margin"] = new JsonObject { ["l"] = PlotJson.LabelMargin(names), ["r"] = 12, ["t"] = 12, ["b"] = BottomMargin },
        };
    }

    private static PlotTable Twin(string[] names, double[][] values, AttributionUnit unit) => new(
        ["Feature", $"Lowest attribution, {unit.Words}", "Quarter", "Median", "Three quarters", "Highest"],
        [
            .. names.Select((name, line) =>
            {
                double[] sorted = [.. values[line]];
                Array.Sort(sorted);
                return (IReadOnlyList<string>)
                [
                    name,
                    .. ((double[])[0, 0.25, 0.5, 0.75, 1]).Select(share => PlainNumbers.Signed(Quantile(sorted, share))),
                ];
            }),
        ]);

    // Linear interpolation between order statistics, type 7 of Hyndman and Fan (1996).
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static string Title(string[] names, double[][] values, int rows)
    {
        if (names.Length == 0)
        {
            return $"No feature to show, n = {PlainNumbers.Count(rows)}";
        }

        int widest = Enumerable.Range(0, names.Length).MaxBy(line => values[line].Max() - values[line].Min());
        return $"{names[widest]} moved single decisions the most: {PlainNumbers.Signed(values[widest].Min())} to "
            + $"{PlainNumbers.Signed(values[widest].Max())}, n = {PlainNumbers.Count(rows)}";
    }
}
