using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Performance;

/// <summary>Where a model of numbers errs high, low or widely: residuals in bands, and their distribution. Pure.</summary>
internal static class ResidualPlots
{
    private const int Bins = 40;

    /// <summary>Median, middle half and 90 % of the residuals along something.</summary>
    /// <param name="bands">In order.</param>
    /// <param name="along">What they are sorted by, such as "predicted price".</param>
    public static PlotDrawing Bands(IReadOnlyList<ResidualBand> bands, string along)
    {
        bool levels = bands.Count > 0 && double.IsNaN(bands[0].Middle);
        JsonArray traces =
        [
            Bars(bands, levels, "90 % of the residuals", 0, 4, 1), Bars(bands, levels, "the middle half", 1, 3, 5), Middle(bands, levels),
        ];
        return new PlotDrawing
        {
            Title = Title(bands, along),
            Description = $"True value less predicted, by {along}: dots are medians, thick lines the middle half, thin lines the middle 90 % of the rows.",
            Figure = new PlotFigure(traces, new JsonObject
            {
                ["xaxis"] = levels
                    ? new JsonObject { ["type"] = "category", ["title"] = new JsonObject { ["text"] = PlotJson.Escape(along) } }
                    : new JsonObject { ["title"] = new JsonObject { ["text"] = PlotJson.Escape(along) } },
                ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "True value less predicted" }, ["zeroline"] = true },
                ["margin"] = new JsonObject { ["t"] = 40 },
                ["showlegend"] = true,
            }),
            Table = new PlotTable(
                [along, "n", "Mean residual [95 %]", "5th percentile", "25th", "Median", "75th", "95th"],
                [.. bands.Select(band => (IReadOnlyList<string>)[band.Name, PlainNumbers.Count(band.Rows), PlainNumbers.WithInterval(band.Mean, band.Interval), .. band.Quantiles.Select(value => PlainNumbers.Value(value))])]),
            Height = 360,
        };
    }

    /// <summary>How often which residual occurs.</summary>
    /// <param name="residual">Shape [rows]; NaN for none.</param>
    /// <param name="fewest">Bins of fewer rows are drawn with their neighbours.</param>
    public static PlotDrawing Distribution(double[] residual, int fewest)
    {
        double[] known = [.. residual.Where(double.IsFinite).Order()];
        List<(double From, double To, int Rows)> bins = [];
        double low = known.Length == 0 ? 0 : known[0];
        double width = known.Length == 0 ? 1 : Math.Max((known[^1] - low) / Bins, 1e-12);
        int at = 0;
        double from = low;
        for (int bin = 1; bin <= Bins; bin++)
        {
            double to = bin == Bins ? double.PositiveInfinity : low + (bin * width);
            int next = at;
            while (next < known.Length && known[next] < to)
            {
                next++;
            }

            int left = known.Length - next;
            if ((next - at >= fewest || next == at) && (left == 0 || left >= fewest))
            {
                bins.Add((from, low + (bin * width), next - at));
                at = next;
                from = low + (bin * width);
            }
        }

        double mean = known.Length == 0 ? double.NaN : known.Average();
        double half = known.Length == 0 ? double.NaN : known.Select(Math.Abs).Order().ElementAt(known.Length / 2);
        return new PlotDrawing
        {
            Title = $"Half of the predictions miss by at most {PlainNumbers.Value(half)}; on average they are {PlainNumbers.Value(Math.Abs(mean))} too {(mean > 0 ? "low" : "high")}, n = {PlainNumbers.Count(known.Length)}",
            Description = "Distribution of true value less predicted.",
            Figure = new PlotFigure(
                known.Length == 0 ? [] :
                [
                    new JsonObject
                    {
                        ["type"] = "bar",
                        ["x"] = PlotJson.Numbers(bins.Select(bin => (bin.From + bin.To) / 2)),
                        ["y"] = PlotJson.Numbers(bins.Select(bin => bin.Rows * width / (bin.To - bin.From))),
                        ["width"] = PlotJson.Numbers(bins.Select(bin => 0.96 * (bin.To - bin.From))),
                        ["hovertext"] = PlotJson.Texts(bins.Select(bin => $"{PlainNumbers.Value(bin.From)} to {PlainNumbers.Value(bin.To)}: {PlainNumbers.Count(bin.Rows)} rows")),
                        ["hoverinfo"] = "text",
                    },
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "True value less predicted" } },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = $"Rows per {PlainNumbers.Value(width)}" } },
                    ["margin"] = new JsonObject { ["t"] = 24 },
                }),
            Table = new PlotTable(["Residual from", "to", "Rows"], [.. bins.Select(bin => (IReadOnlyList<string>)[PlainNumbers.Value(bin.From), PlainNumbers.Value(bin.To), PlainNumbers.Count(bin.Rows)])]),
            Height = 360,
        };
    }

    private static string Title(IReadOnlyList<ResidualBand> bands, string along)
    {
        if (bands.Count == 0)
        {
            return $"No row has both a true value and {along}";
        }

        ResidualBand[] off = [.. bands.Where(band => band.Interval is { } ends && (ends[0] > 0 || ends[1] < 0))];
        int rows = bands.Sum(band => band.Rows);
        return off.Length == 0
            ? $"No band of {along} is predicted too high or too low beyond chance, n = {PlainNumbers.Count(rows)}"
            : off.MaxBy(band => Math.Abs(band.Mean)) is { } worst
            ? $"{off.Length} of {bands.Count} bands of {along} are off; most: {worst.Name}, predicted {PlainNumbers.Value(Math.Abs(worst.Mean))} too {(worst.Mean > 0 ? "low" : "high")}, n = {PlainNumbers.Count(rows)}"
            : "";
    }

    private static JsonNode X(ResidualBand band, bool levels) => levels ? JsonValue.Create(band.Name)! : JsonValue.Create(band.Middle);

    // One line a band from one percentile to another; null parts them.
    private static JsonObject Bars(IReadOnlyList<ResidualBand> bands, bool levels, string name, int low, int high, int width)
    {
        JsonArray x = [];
        JsonArray y = [];
        foreach (ResidualBand band in bands)
        {
            x.Add(X(band, levels));
            x.Add(X(band, levels));
            x.Add(null);
            y.Add((JsonNode)JsonValue.Create(band.Quantiles[low]));
            y.Add((JsonNode)JsonValue.Create(band.Quantiles[high]));
            y.Add(null);
        }

        return new JsonObject
        {
            ["type"] = "scatter", ["mode"] = "lines", ["name"] = name, ["x"] = x, ["y"] = y, ["hoverinfo"] = "skip", ["connectgaps"] = false,
            ["line"] = new JsonObject { ["color"] = PlotColor.Category(1), ["width"] = width },
        };
    }

    private static JsonObject Middle(IReadOnlyList<ResidualBand> bands, bool levels) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = "median",
        ["x"] = new JsonArray([.. bands.Select(band => X(band, levels))]),
        ["y"] = PlotJson.Numbers(bands.Select(band => band.Quantiles[2])),
        ["marker"] = new JsonObject { ["color"] = PlotColor.Ground, ["size"] = 8, ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 1.75 } },
        ["hovertext"] = PlotJson.Texts(bands.Select(band => $"{PlotJson.Escape(band.Name)}: mean {PlainNumbers.WithInterval(band.Mean, band.Interval)}, median {PlainNumbers.Value(band.Quantiles[2])}, n = {PlainNumbers.Count(band.Rows)}")),
        ["hoverinfo"] = "text",
    };
}
