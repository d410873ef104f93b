using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Serving;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Serving;

/// <summary>The time that a share of a version's answers does not pass. Pure.</summary>
internal static class ServingPlot
{
    private static readonly double[] Shares = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    /// <summary>Draws the curves.</summary>
    /// <param name="meter">The measurements.</param>
    public static PlotDrawing Draw(ServingMeter meter)
    {
        LatencyHistogram recent = meter.Recent.Merged;
        (string Name, LatencyHistogram Times, int Color)[] curves =
        [
            .. ((string Name, LatencyHistogram Times, int Color)[])[("all answers", meter.Total, 1), ("last five minutes", recent, 2), ("remembered", meter.Remembered, 3)],
        ];
        curves = [.. curves.Where(curve => curve.Times.Count > 0)];
        return new PlotDrawing
        {
            Title = curves.Length == 0 ? "No answer was timed yet"
                : $"Half of {PlainNumbers.Count(meter.Total.Count)} answers took {ServingRow.Time(meter.Total.Quantile(0.5))} or less, 99 of 100 {ServingRow.Time(meter.Total.Quantile(0.99))}",
            Description = "From the coming of a request to its release, on a logarithmic scale, since the process began; network and the reading of the request are not in it.",
            Figure = new PlotFigure(
                [
                    .. curves.Select(curve => (JsonNode)new JsonObject
                    {
                        ["type"] = "scatter", ["mode"] = "lines+markers", ["name"] = curve.Name,
                        ["x"] = PlotJson.Texts(Shares.Select(Percent)), ["y"] = PlotJson.Numbers(Shares.Select(share => curve.Times.Quantile(share) / 1_000)),
                        ["line"] = new JsonObject { ["color"] = PlotColor.Category(curve.Color), ["width"] = 2 }, ["marker"] = new JsonObject { ["size"] = 5 },
                    }),
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["type"] = "category", ["title"] = new JsonObject { ["text"] = "Share of answers" } },
                    ["yaxis"] = new JsonObject { ["type"] = "log", ["title"] = new JsonObject { ["text"] = "Milliseconds" } },
                    ["showlegend"] = true,
                    ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.02, ["yanchor"] = "bottom", ["x"] = 0 },
                }),
            Table = new PlotTable(
                ["Share of answers", .. curves.Select(curve => curve.Name)],
                [.. Shares.Select(share => (IReadOnlyList<string>)[Percent(share), .. curves.Select(curve => ServingRow.Time(curve.Times.Quantile(share)))])]),
            Height = 300,
        };
    }

    private static string Percent(double share) => PlainNumbers.Percent(share);
}
