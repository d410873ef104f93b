using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Portal.Components.Plots;

namespace Governance.Browser.Tests.Gallery;

/// <summary>Invented figures for plots, the same every time.</summary>
internal static class PlotSamples
{
    private static readonly string[] Features =
        ["Debt-to-income ratio", "Combined loan-to-value", "Applicant income", "Loan amount", "Tract minority share", "Occupancy"];

    private static readonly double[] Means = [0.614, 0.447, 0.281, 0.147, 0.139, 0.089];

    /// <summary>Bars with whiskers.</summary>
    public static PlotDrawing Bars(int scale) => new()
    {
        Title = $"Debt-to-income carries {scale * 31} % of the attribution",
        Description = "Mean absolute attribution of 6 features, log-odds, with 95 % intervals",
        Height = 280,
        Figure = new PlotFigure(
            [
                new JsonObject
                {
                    ["type"] = "bar",
                    ["orientation"] = "h",
                    ["y"] = Strings(Features.Reverse()),
                    ["x"] = Numbers(Means.Reverse().Select(mean => mean * scale)),
                    ["error_x"] = new JsonObject { ["type"] = "data", ["array"] = Numbers(Means.Reverse().Select(mean => mean / 12)) },
                },
            ],
            new JsonObject { ["margin"] = new JsonObject { ["l"] = 150 }, ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Mean absolute attribution, log-odds" } } }),
        Table = new PlotTable(
            ["Feature", "Mean, log-odds"],
            [.. Features.Zip(Means, (name, mean) => (string[])[name, (mean * scale).ToString("N3", CultureInfo.InvariantCulture)])]),
    };

    /// <summary>A cloud of dots in the colours of a feature's values.</summary>
    public static PlotDrawing Swarm(int scale)
    {
        Random random = new(7);
        double[] values = [.. Enumerable.Range(0, 230).Select(_ => random.NextDouble())];
        return new PlotDrawing
        {
            Title = "Debt-to-income moved decisions the most",
            Description = "One dot a row: attribution in log-odds across, colour from low to high",
            Height = 320,
            Figure = new PlotFigure(
                [
                    new JsonObject
                    {
                        ["type"] = "scatter",
                        ["mode"] = "markers",
                        ["x"] = Numbers(values.Select(value => scale * (value - 0.5) * 2)),
                        ["y"] = Numbers(values.Select(_ => random.NextDouble())),
                        ["marker"] = new JsonObject { ["color"] = Numbers(values), ["colorscale"] = PlotColor.LowToHigh(), ["size"] = 5 },
                    },
                ],
                new JsonObject { ["yaxis"] = new JsonObject { ["visible"] = false }, ["xaxis"] = new JsonObject { ["zeroline"] = true } })
            {
                NarrowHeight = 240,
            },
            Table = new PlotTable(["Quantile", "Attribution"], [["5 %", "−0.91"], ["50 %", "0.02"], ["95 %", "0.88"]]),
        };
    }

    private static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)value)];

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
