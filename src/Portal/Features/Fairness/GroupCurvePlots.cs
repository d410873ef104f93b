using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Fairness;

/// <summary>ROC curve and reliability of each group. Pure.</summary>
internal static class GroupCurvePlots
{
    private const int MostPoints = 101;
    private const int MostBins = 10;

    /// <summary>One ROC curve a group, the largest groups, with areas and their intervals; null where no group has both outcomes.</summary>
    public static PlotDrawing? Roc(CutGroups groups, double level)
    {
        (int Group, AucEstimate Area)[] areas = [.. Largest(groups).Select(i => (i, Area(groups, i))).Where(pair => pair.Item2.IsDefined)];
        if (areas.Length == 0)
        {
            return null;
        }

        JsonArray traces = [Diagonal()];
        List<IReadOnlyList<string>> rows = [];
        for (int at = 0; at < areas.Length; at++)
        {
            (int group, AucEstimate area) = areas[at];
            CutTable table = groups.Tables[group];
            (double Cut, double X, double Y)[] points = [.. table.Spread(MostPoints).Select(place => Point(table, place))];
            traces.Add((JsonNode)Curve(groups.Names[group], at + 1, "lines", points.Select(point => point.X), points.Select(point => point.Y),
                points.Select(point => $"{PlotJson.Escape(groups.Names[group])} from {CutChoice.Text(point.Cut)}: {PlainNumbers.Percent(point.X)}, {PlainNumbers.Percent(point.Y)}")));
            rows.AddRange(points.Select(point => (IReadOnlyList<string>)
                [groups.Names[group], double.IsInfinity(point.Cut) ? "nobody" : CutChoice.Text(point.Cut), PlainNumbers.Percent(point.X), PlainNumbers.Percent(point.Y)]));
        }

        (int Group, AucEstimate Area) low = areas.MinBy(pair => pair.Area.Area);
        (int Group, AucEstimate Area) high = areas.MaxBy(pair => pair.Area.Area);
        return new PlotDrawing
        {
            Title = areas.Length == 1
                ? $"{groups.Names[low.Group]}: area under the ROC curve {Said(low.Area, level)}"
                : $"Ranks {groups.Names[low.Group]} worst, with an area of {Said(low.Area, level)}, and {groups.Names[high.Group]} best, with {Said(high.Area, level)}",
            Description = $"True against false positive rate of each group, at every cut; n = {PlainNumbers.Count(groups.All.Rows)}. Areas with 95 % intervals by DeLong.",
            Figure = new PlotFigure(traces, Layout("False positive rate", "True positive rate")),
            Table = new PlotTable(["Group", "Score from", "False positive rate", "True positive rate"], rows),
            Height = 380,
        };
    }

    /// <summary>Observed share against mean score by group, in bins of equally many rows; null without probabilities and labels.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="codes">Shape [rows]: the place of each row's group among those shown, -1 for none.</param>
    /// <param name="fewest">A bin of fewer rows is not drawn.</param>
    /// <param name="level">The confidence level.</param>
    public static PlotDrawing? Calibration(CutGroups groups, int[] codes, int fewest, double level)
    {
        if (!groups.Live.AreProbabilities || !groups.Live.HasLabels)
        {
            return null;
        }

        BinaryDecisions decisions = groups.Live.Decisions;
        JsonArray traces = [Diagonal()];
        List<IReadOnlyList<string>> rows = [];
        List<(string Name, double Error)> errors = [];
        foreach (int group in Largest(groups))
        {
            int[] own = [.. Enumerable.Range(0, codes.Length).Where(row => codes[row] == group && decisions.Label[row] >= 0 && !double.IsNaN(decisions.Score[row]))];
            int bins = Math.Clamp(own.Length / Math.Max(30, fewest), 1, MostBins);
            BinaryDecisions taken = decisions.Take(own);
            CalibrationBin[] drawn = own.Length < fewest || own.Length == 0 ? [] :
                [.. CalibrationBins.Compute(taken.Score, taken.Label, taken.Weight, bins, Binning.Quantile, level).Where(bin => bin.Count >= Math.Max(1, fewest))];
            if (drawn.Length > 0)
            {
                traces.Add((JsonNode)Dots(groups.Names[group], traces.Count, drawn));
                errors.Add((groups.Names[group], CalibrationBins.Errors(drawn).Expected));
                rows.AddRange(drawn.Select(bin => (IReadOnlyList<string>)
                [
                    groups.Names[group], PlainNumbers.Value(bin.MeanScore), PlainNumbers.WithInterval(bin.Observed, bin.Interval), PlainNumbers.Count(bin.Count),
                ]));
            }
        }

        return errors.Count == 0 ? null : new PlotDrawing
        {
            Title = $"Scores miss the observed shares most for {errors.MaxBy(pair => pair.Error).Name}, by {PlainNumbers.Value(errors.Max(pair => pair.Error))} on average",
            Description = $"Observed share of “{decisions.Positive}” against mean score, in bins of equally many rows of each group; whiskers are 95 % intervals.",
            Figure = new PlotFigure(traces, Layout("Mean score", "Observed share")),
            Table = new PlotTable(["Group", "Mean score", "Observed [95 %]", "n"], rows),
            Height = 380,
        };
    }

    private static IEnumerable<int> Largest(CutGroups groups) =>
        Enumerable.Range(0, groups.Names.Count).OrderByDescending(i => groups.Tables[i].Rows).ThenBy(i => i).Take(CutPlots.MostGroups).Order();

    // From the cuts that the person may see: each step counts as one score.
    private static AucEstimate Area(CutGroups groups, int group)
    {
        CutTable table = groups.Tables[group];
        List<double> scores = [];
        List<sbyte> labels = [];
        for (int place = 1; place <= table.Places; place++)
        {
            Outcomes now = table.AtPlace(place);
            Outcomes before = table.AtPlace(place - 1);
            Repeat(now.TruePositives.Rows - before.TruePositives.Rows, 1, table.Cuts[place - 1]);
            Repeat(now.FalsePositives.Rows - before.FalsePositives.Rows, 0, table.Cuts[place - 1]);
        }

        AucEstimate[] area = new AucEstimate[1];
        double[] all = [.. scores];
        RocAuc.Compute(RankOrder.Ascending(all), all, labels.ToArray(), [], [], area);
        return area[0];

        void Repeat(int count, sbyte label, double score)
        {
            scores.AddRange(Enumerable.Repeat(score, count));
            labels.AddRange(Enumerable.Repeat(label, count));
        }
    }

    private static (double Cut, double X, double Y) Point(CutTable table, int place)
    {
        Outcomes outcomes = table.AtPlace(place);
        return (
            place == 0 ? double.PositiveInfinity : table.Cuts[place - 1], Rate.Of(outcomes.FalsePositives, outcomes.Negatives).Value, Rate.Of(outcomes.TruePositives, outcomes.Positives).Value);
    }

    private static string Said(AucEstimate area, double level) => PlainNumbers.WithInterval(area.Area, area.DeLong(level)?.ToArray());

    private static JsonObject Diagonal() => new()
    {
        ["type"] = "scatter", ["mode"] = "lines", ["x"] = new JsonArray(0, 1), ["y"] = new JsonArray(0, 1), ["hoverinfo"] = "skip", ["showlegend"] = false,
        ["line"] = new JsonObject { ["color"] = "var(--plot-zero)", ["width"] = 1, ["dash"] = "1px 3px" },
    };

    private static JsonObject Dots(string name, int series, CalibrationBin[] bins)
    {
        JsonObject trace = Curve(
            name, series, "lines+markers", bins.Select(bin => bin.MeanScore!.Value), bins.Select(bin => bin.Observed!.Value),
            bins.Select(bin => $"{PlotJson.Escape(name)}: said {PlainNumbers.Value(bin.MeanScore)}, observed {PlainNumbers.WithInterval(bin.Observed, bin.Interval)}, n = {PlainNumbers.Count(bin.Count)}"));
        trace["error_y"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(bins.Select(bin => bin.Interval is { } ends ? ends[1] - bin.Observed!.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(bins.Select(bin => bin.Interval is { } ends ? bin.Observed!.Value - ends[0] : double.NaN)),
            ["color"] = PlotColor.Category(series),
            ["thickness"] = 1,
        };
        return trace;
    }

    private static JsonObject Curve(string name, int series, string mode, IEnumerable<double> x, IEnumerable<double> y, IEnumerable<string> hover) => new()
    {
        ["type"] = "scatter",
        ["mode"] = mode,
        ["name"] = PlotJson.Escape(name),
        ["x"] = PlotJson.Numbers(x),
        ["y"] = PlotJson.Numbers(y),
        ["line"] = new JsonObject { ["color"] = PlotColor.Category(series), ["width"] = 1.75, ["dash"] = series <= 2 ? "solid" : series <= 4 ? "6px 3px" : "2px 2px" },
        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(series), ["size"] = 7, ["symbol"] = series switch { 1 => "circle", 2 => "square", 3 => "diamond", 4 => "cross", 5 => "x", _ => "triangle-up" } },
        ["hovertext"] = PlotJson.Texts(hover),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Layout(string x, string y) => new()
    {
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = x }, ["range"] = new JsonArray(-0.02, 1.02) },
        ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = y }, ["range"] = new JsonArray(-0.02, 1.02) },
        ["margin"] = new JsonObject { ["t"] = 56 },
        ["showlegend"] = true,
    };
}
