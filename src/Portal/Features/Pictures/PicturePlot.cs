using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Cases;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Features.Pictures;

/// <summary>One case drawn as what it is, with the attributions over its pixels, steps or tokens. Pure.</summary>
internal static class PicturePlot
{
    // Colours carry meaning of their own, so more of them has to shine through than of grey.
    private const double Over = 0.72;
    private const double OverColours = 0.5;

    // Over a picture, what hardly matters stays clear.
    private const double Clear = 0.03;

    /// <summary>Draws it.</summary>
    /// <param name="explanation">The case explained for one class.</param>
    /// <param name="picture">How it looks.</param>
    /// <param name="layer">What is drawn; tokens always have both.</param>
    /// <param name="text">The cell of a column as the person may read it; null where missing.</param>
    public static PlotDrawing Draw(CaseExplanation explanation, ShownPicture picture, PictureLayer layer, Func<string, string?> text)
    {
        ExplanationReport report = explanation.Report;
        IReadOnlyList<double> values = explanation.Row.Values[0];
        AttributionUnit unit = AttributionUnit.Of(report, 0);
        IReadOnlyList<PictureCell> cells = PictureCell.Of(picture, report.Features, explanation.Row.Groups ?? report.Groups, text);
        bool words = picture.Kind == PictureKind.Tokens;
        string Part(PictureCell cell) => string.Join(" and ", cell.Players.Select(player => report.Features[player]));
        string Hover(PictureCell cell) => PlotJson.Escape($"{cell.Label}: {cell.Text}, {Part(cell)}: {PlainNumbers.Signed(cell.Sum(values))}");
        double most = cells.Select(cell => Math.Abs(cell.Sum(values))).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        bool both = layer == PictureLayer.Both && !words;
        double Drawn(PictureCell cell) => both && Math.Abs(cell.Sum(values)) < Clear * most ? double.NaN : cell.Sum(values);
        JsonArray traces = [];
        if (layer != PictureLayer.Attributions && !words)
        {
            traces.Add(picture.IsColoured ? PictureTraces.Coloured(picture, cells, Hover) : PictureTraces.Grey(picture, cells, Hover));
        }

        if (layer != PictureLayer.Picture || words)
        {
            JsonObject heat = PictureTraces.Heat(picture, cells, Drawn, Hover, signed: true, !both ? 1 : picture.IsColoured ? OverColours : Over, words);
            if (both && picture.IsColoured)
            {
                // pixels of an image stand without gaps
                heat["xgap"] = 0;
                heat["ygap"] = 0;
            }

            traces.Add(heat);
        }

        return new PlotDrawing
        {
            Title = Title(report, explanation.Row, unit),
            Description = $"{Subject(picture, layer)}{(layer == PictureLayer.Picture && !words ? "" : $" Colour is the attribution of what lies there, {unit.Words}.{(both ? " What has less than 3 % of the largest stays clear." : "")}")}",
            Figure = new PlotFigure(traces, PictureTraces.Layout(picture)),
            Table = new PlotTable(
                ["Place", "Value", "Part", $"Attribution, {unit.Words}", "95 % low", "95 % high"],
                [.. cells.Select(cell => (IReadOnlyList<string>)[cell.Label, cell.Text, Part(cell), PlainNumbers.Signed(cell.Sum(values)), End(explanation.Row, cell, 0), End(explanation.Row, cell, 1)])]),
            Height = PictureTraces.Height(picture),
        };
    }

    private static string Title(ExplanationReport report, ExplainedRow row, AttributionUnit unit)
    {
        int[] order = [.. Enumerable.Range(0, report.Features.Count).OrderByDescending(player => Math.Abs(row.Values[0][player]))];
        double all = order.Sum(player => Math.Abs(row.Values[0][player]));
        if (all == 0)
        {
            return $"Row {row.Row}: nothing of it moves the {unit.Words}";
        }

        int few = Math.Min(3, order.Length);
        double share = order.Take(few).Sum(player => Math.Abs(row.Values[0][player])) / all;
        return $"Row {row.Row}: {report.Features[order[0]]} moves the {unit.Words} most, by {PlainNumbers.Signed(row.Values[0][order[0]])}; "
            + $"the first {few} of {PlainNumbers.Count(order.Length)} parts carry {PlainNumbers.Percent(share)} of all that moves it";
    }

    private static string Subject(ShownPicture picture, PictureLayer layer) => picture.Kind switch
    {
        PictureKind.Tokens => "The tokens in their order.",
        PictureKind.Sequence => $"{PlainNumbers.Count(picture.Layout.Height)} steps from left to right, {PlainNumbers.Count(picture.Layout.Channels)} channels from top to bottom.",
        _ => layer switch
        {
            PictureLayer.Attributions => $"{picture.Layout.Height} × {picture.Layout.Width} pixels without the picture.",
            _ => $"The picture of {picture.Layout.Height} × {picture.Layout.Width} pixels as the model saw it{Shown(picture)}.",
        },
    };

    private static string Shown(ShownPicture picture) => picture switch
    {
        { IsColoured: true, Normalised: not null } => ", its normalisation undone",
        { IsColoured: true, Layout.Channels: 4 } => ", the first three channels as red, green and blue",
        { IsColoured: true } or { Layout.Channels: 1 } => "",
        _ => ", the mean of its channels in grey",
    };

    // A sum of several players has no interval of its own.
    private static string End(ExplainedRow row, PictureCell cell, int end) =>
        row.Interval is { } intervals && cell.Players is [int player] ? PlainNumbers.Signed(intervals[0][player][end]) : "";
}
