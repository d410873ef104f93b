using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Audit.Equivalence;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Equivalence;

/// <summary>How long parent and variant took to answer a row alone: the whole distribution of both. Pure.</summary>
internal static class BatteryLatency
{
    /// <summary>Draws the smallest call; the table holds every size.</summary>
    public static PlotDrawing Draw(EquivalenceReport report, SpeedReport speed)
    {
        SpeedAtSize one = speed.Sizes[0];
        return new PlotDrawing
        {
            Title = $"95 % of answers of {Rows(one.Rows)} within {Milliseconds(one.A.P95)} (parent) and {Milliseconds(one.B.P95)} (variant)",
            Description = "The share of calls that were answered within a time, of both versions measured in turn.",
            Figure = new PlotFigure([Curve(report.A, one.A, 2), Curve(report.B, one.B, 1)], new JsonObject
            {
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Milliseconds" }, ["type"] = "log" },
                ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Share of calls" }, ["range"] = PlotJson.Numbers([0, 1]) },
                ["showlegend"] = true,
            }),
            Table = new PlotTable(
                ["Rows a call", "Version", "P50 ms", "P95 ms", "P99 ms", "Rows a second", "Calls"],
                [.. speed.Sizes.SelectMany(size => (IReadOnlyList<string>[])[Row(size, report.A, size.A), Row(size, report.B, size.B)])]),
            Height = 300,
        };
    }

    private static JsonObject Curve(string name, SpeedTimes times, int color) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = PlotJson.Escape(name),
        ["x"] = PlotJson.Numbers(times.Quantiles.Select(seconds => 1_000 * seconds)),
        ["y"] = PlotJson.Numbers(times.Quantiles.Select((_, step) => step / (double)(times.Quantiles.Count - 1))),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(color) },
    };

    private static IReadOnlyList<string> Row(SpeedAtSize size, string name, SpeedTimes times) =>
    [
        size.Rows.ToString(CultureInfo.InvariantCulture), name, PlainNumbers.Value(1_000 * times.P50), PlainNumbers.Value(1_000 * times.P95),
        PlainNumbers.Value(1_000 * times.P99), PlainNumbers.Value(times.RowsPerSecond), PlainNumbers.Count(size.Calls),
    ];

    private static string Rows(int rows) => rows == 1 ? "one row" : $"{rows} rows";

    private static string Milliseconds(double seconds) => $"{PlainNumbers.Value(1_000 * seconds)} ms";
}
