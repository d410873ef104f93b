using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Evidence;

namespace Governance.Portal.Features.Pictures;

/// <summary>Where a version looks: mean absolute attribution of the rows that its evidence explains, by place. Pure.</summary>
internal static class MeanPicturePlot
{
    /// <summary>Draws it.</summary>
    /// <param name="name">The version's name.</param>
    /// <param name="shown">Its evidence.</param>
    /// <param name="picture">How its rows look.</param>
    /// <returns>Null where the evidence explains nothing.</returns>
    public static PlotDrawing? Draw(string name, SealedFindings shown, ShownPicture picture)
    {
        if (shown.Document is not { Importance: { } importance, Explanation: { } report })
        {
            return null;
        }

        Dictionary<string, double> known = importance.ToDictionary(feature => feature.Feature, feature => feature.MeanAbsolute, StringComparer.Ordinal);
        double[] means = [.. report.Features.Select(feature => known.GetValueOrDefault(feature, double.NaN))];
        IReadOnlyList<PictureCell> cells = PictureCell.Of(picture, report.Features, report.Groups, _ => null);
        FeatureImportance first = importance.MaxBy(feature => feature.MeanAbsolute)!;
        string Hover(PictureCell cell) => PlotJson.Escape($"{cell.Label}: {PlainNumbers.Value(cell.Sum(means))} on average");
        return new PlotDrawing
        {
            Title = $"{name} looks at {first.Feature} most: {PlainNumbers.Value(first.MeanAbsolute)} on average, n = {PlainNumbers.Count(report.Rows.Count)}",
            Description = "Mean absolute attribution of what lies at each place, over the rows that the evidence explains.",
            Figure = new PlotFigure(
                [PictureTraces.Heat(picture, cells, cell => cell.Sum(means), Hover, signed: false, opacity: 1, words: false)], PictureTraces.Layout(picture)),
            Table = new PlotTable(["Place", "Mean |attribution|"], [.. cells.Select(cell => (IReadOnlyList<string>)[cell.Label, PlainNumbers.Value(cell.Sum(means))])]),
            Height = PictureTraces.Height(picture),
        };
    }
}
