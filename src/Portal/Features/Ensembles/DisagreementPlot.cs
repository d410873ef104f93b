using System.Text.Json.Nodes;
using Governance.Audit.Ensembles;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Ensembles;

/// <summary>Errors by bins of disagreement. Pure.</summary>
internal static class DisagreementPlot
{
    /// <summary>The finding, with its numbers.</summary>
    public static string Title(DisagreementReport report)
    {
        DisagreementBin least = report.Bins[0];
        DisagreementBin most = report.Bins[^1];
        string measure = Measure(report);
        return report.Bins.Count < 2
            ? $"The members disagree alike on all rows; the {measure} is {PlainNumbers.WithInterval(least.Error, least.Interval)}"
            : $"Where members agree most the {measure} is {PlainNumbers.WithInterval(least.Error, least.Interval)}, where they disagree most {PlainNumbers.WithInterval(most.Error, most.Interval)}";
    }

    /// <summary>Draws the bins with their intervals.</summary>
    public static PlotDrawing Draw(DisagreementReport report)
    {
        string[] names = [.. report.Bins.Select(bin => $"{PlainNumbers.Value(bin.From)} to {PlainNumbers.Value(bin.To)}")];
        string measure = Measure(report);
        return new PlotDrawing
        {
            Title = Title(report),
            Description = $"Dots: {measure} in each bin of disagreement. Whiskers: intervals.",
            Figure = new PlotFigure(
                [
                    new JsonObject
                    {
                        ["type"] = "scatter",
                        ["mode"] = "markers",
                        ["name"] = measure,
                        ["x"] = PlotJson.Texts(names),
                        ["y"] = PlotJson.Numbers(report.Bins.Select(bin => bin.Error)),
                        ["error_y"] = new JsonObject
                        {
                            ["type"] = "data",
                            ["symmetric"] = false,
                            ["array"] = PlotJson.Numbers(report.Bins.Select(bin => bin.Interval is { } ends ? ends[1] - bin.Error : 0)),
                            ["arrayminus"] = PlotJson.Numbers(report.Bins.Select(bin => bin.Interval is { } ends ? bin.Error - ends[0] : 0)),
                        },
                        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(1), ["size"] = 9 },
                        ["hovertext"] = PlotJson.Texts(report.Bins.Select(bin => $"n = {PlainNumbers.Count(bin.Count)}: {PlainNumbers.WithInterval(bin.Error, bin.Interval)}")),
                        ["hoverinfo"] = "text",
                    },
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Disagreement (standard deviation)" }, ["type"] = "category" },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(char.ToUpperInvariant(measure[0]) + measure[1..]) }, ["rangemode"] = "tozero" },
                    ["margin"] = new JsonObject { ["t"] = 24 },
                }),
            Table = new PlotTable(
                ["Disagreement", "Rows", "Wrong", char.ToUpperInvariant(measure[0]) + measure[1..]],
                [
                    .. report.Bins.Select((bin, i) => (IReadOnlyList<string>)
                    [
                        names[i], PlainNumbers.Count(bin.Count), bin.Errors is int wrong ? PlainNumbers.Count(wrong) : "–",
                        PlainNumbers.WithInterval(bin.Error, bin.Interval),
                    ]),
                ]),
            Height = 320,
        };
    }

    private static string Measure(DisagreementReport report) => report.Measure == "error_rate" ? "error rate" : "mean absolute error";
}
