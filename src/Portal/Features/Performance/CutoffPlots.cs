using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Fairness;

namespace Governance.Portal.Features.Performance;

/// <summary>ROC, precision–recall, lift and the distribution of scores, each with the cut that is chosen. Pure.</summary>
internal static class CutoffPlots
{
    private const int MostPoints = 151;
    private const int Bins = 40;

    /// <summary>The curves of labelled rows, each with its name; the distribution alone without labels.</summary>
    /// <param name="table">Every cut.</param>
    /// <param name="cut">The one chosen.</param>
    /// <param name="live">The rows' class and range of scores.</param>
    public static IEnumerable<(string Name, PlotDrawing Drawing)> Draw(CutTable table, double cut, LiveScores live)
    {
        Outcomes all = table.AtPlace(table.Places);
        if (all.TruePositives.Weight > 0 && all.FalsePositives.Weight > 0)
        {
            IReadOnlyList<CurveAt> points = [.. table.Spread(MostPoints).Select(place => CurveAt.Of(table.AtPlace(place), place == 0 ? double.PositiveInfinity : table.Cuts[place - 1]))];
            CurveAt here = CurveAt.Of(table.At(cut), cut);
            yield return ("cut-roc", Curve(
                points, here, $"This cut finds {Percent(here.Recall)} of the positives and takes {Percent(here.Alarms)} of the negatives for positive",
                "ROC curve: the share of positives found against the share of negatives taken for positive.", ("False positive rate", point => point.Alarms), ("True positive rate", point => point.Recall), [(0, 0), (1, 1)], 1));
            yield return ("cut-precision-recall", Curve(
                points, here, double.IsNaN(here.Precision) ? "This cut decides no row positive, so there is no precision" : $"Of those decided positive {Percent(here.Precision)} are, against {Percent(here.Base)} of all rows",
                "Precision against recall; the dotted line is choosing at random.", ("Recall", point => point.Recall), ("Precision", point => point.Precision), [(0, here.Base), (1, here.Base)], 1));
            double highest = Math.Max(1.2, 1.05 * points.Where(point => !double.IsNaN(point.Lift)).Select(point => point.Lift).DefaultIfEmpty(1).Max());
            yield return ("cut-lift", Curve(
                points, here, double.IsNaN(here.Lift) ? "This cut chooses no row, so there is no lift" : $"The {Percent(here.Chosen)} with the highest scores hold {PlainNumbers.Value(here.Lift)} times as many positives as all rows do",
                "Lift by the share of rows chosen; the dotted line is choosing at random.", ("Share of rows chosen", point => point.Chosen), ("Lift", point => point.Lift), [(0, 1), (1, 1)], highest));
        }

        yield return ("cut-scores", Distribution(table, cut, live));
    }

    /// <summary>How many rows have which score, by outcome.</summary>
    public static PlotDrawing Distribution(CutTable table, double cut, LiveScores live)
    {
        (double low, double high) = live.AreProbabilities ? (0, 1) : live.Range;
        double width = (high - low) / Bins;
        (string Name, Func<Outcomes, int> Chosen, string Color)[] kinds = live.HasLabels
            ? [(live.Decisions.Positive, outcomes => outcomes.TruePositives.Rows, PlotColor.Category(1)), (live.Decisions.Negative, outcomes => outcomes.FalsePositives.Rows, PlotColor.Category(2)), ("no outcome known", outcomes => outcomes.UnlabelledPositives.Rows, PlotColor.Mass)]
            : [("all rows", outcomes => outcomes.PredictedPositive.Rows, PlotColor.Category(1))];
        Outcomes[] from = [.. Enumerable.Range(0, Bins + 1).Select(bin => bin == Bins ? default : table.At(bin == 0 ? double.NegativeInfinity : low + (bin * width)))];
        double[] middle = [.. Enumerable.Range(0, Bins).Select(bin => low + ((bin + 0.5) * width))];
        JsonArray traces = [];
        List<int[]> counts = [];
        List<string> names = [];
        foreach ((string name, Func<Outcomes, int> chosen, string color) in kinds)
        {
            int[] own = [.. Enumerable.Range(0, Bins).Select(bin => chosen(from[bin]) - chosen(from[bin + 1]))];
            if (own.Any(count => count > 0))
            {
                counts.Add(own);
                names.Add(name);
                traces.Add((JsonNode)new JsonObject
                {
                    ["type"] = "bar",
                    ["name"] = PlotJson.Escape(name),
                    ["x"] = PlotJson.Numbers(middle),
                    ["y"] = PlotJson.Numbers(own.Select(count => (double)count)),
                    ["marker"] = new JsonObject { ["color"] = color },
                    ["hovertext"] = PlotJson.Texts(own.Select((count, bin) => $"{PlotJson.Escape(name)}: {PlainNumbers.Count(count)} rows from {CutChoice.Text(low + (bin * width))}")),
                    ["hoverinfo"] = "text",
                });
            }
        }

        return new PlotDrawing
        {
            Title = $"{PlainNumbers.Count(table.At(cut).PredictedPositive.Rows)} of {PlainNumbers.Count(table.Rows)} rows score at least {CutChoice.Text(cut)}",
            Description = "Distribution of the scores by outcome; the dashed line is the cut.",
            Figure = new PlotFigure(traces, new JsonObject
            {
                ["barmode"] = "stack",
                ["bargap"] = 0.05,
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Score" }, ["range"] = PlotJson.Numbers([low - (width / 2), high + (width / 2)]) },
                ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Rows" } },
                ["shapes"] = new JsonArray(CutPlots.Upright(cut, PlotColor.Limit, "5px 3px")),
                ["margin"] = new JsonObject { ["t"] = 40 },
                ["showlegend"] = names.Count > 1,
            }),
            Table = new PlotTable(
                ["Score from", .. names],
                [.. Enumerable.Range(0, Bins).Select(bin => (IReadOnlyList<string>)[CutChoice.Text(low + (bin * width)), .. counts.Select(own => PlainNumbers.Count(own[bin]))])]),
            Height = 320,
        };
    }

    private static string Percent(double share) => double.IsNaN(share) ? "an undefined share" : PlainNumbers.Percent(share);

    private static PlotDrawing Curve(
        IReadOnlyList<CurveAt> points, CurveAt here, string title, string description, (string Title, Func<CurveAt, double> Of) x,
        (string Title, Func<CurveAt, double> Of) y, (double X, double Y)[] chance, double highest)
    {
        CurveAt[] known = [.. points.Where(point => !double.IsNaN(x.Of(point)) && !double.IsNaN(y.Of(point)))];
        return new PlotDrawing
        {
            Title = title,
            Description = description,
            Figure = new PlotFigure(
                [
                    Line(chance.Select(point => point.X), chance.Select(point => point.Y), "var(--plot-zero)", "1px 3px", null),
                    Line(known.Select(x.Of), known.Select(y.Of), PlotColor.Category(1), "solid",
                        known.Select(point => $"{(double.IsInfinity(point.Cut) ? "nobody" : $"from {CutChoice.Text(point.Cut)}")}: {PlainNumbers.Value(x.Of(point))}, {PlainNumbers.Value(y.Of(point))}")),
                    Here(x.Of(here), y.Of(here), here.Cut),
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = x.Title }, ["range"] = new JsonArray(-0.02, 1.02) },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = y.Title }, ["range"] = new JsonArray(-0.02 * highest, 1.02 * highest) },
                    ["margin"] = new JsonObject { ["t"] = 24 },
                    ["showlegend"] = false,
                }),
            Table = new PlotTable(
                ["Score from", x.Title, y.Title],
                [
                    ["chosen: " + CutChoice.Text(here.Cut), PlainNumbers.Value(x.Of(here)), PlainNumbers.Value(y.Of(here))],
                    .. known.Select(point => (IReadOnlyList<string>)[double.IsInfinity(point.Cut) ? "nobody" : CutChoice.Text(point.Cut), PlainNumbers.Value(x.Of(point)), PlainNumbers.Value(y.Of(point))]),
                ]),
            Height = 320,
        };
    }

    private static JsonObject Line(IEnumerable<double> x, IEnumerable<double> y, string color, string dash, IEnumerable<string>? hover) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = PlotJson.Numbers(x),
        ["y"] = PlotJson.Numbers(y),
        ["line"] = new JsonObject { ["color"] = color, ["width"] = hover is null ? 1 : 2, ["dash"] = dash },
        ["hovertext"] = hover is null ? null : PlotJson.Texts(hover),
        ["hoverinfo"] = hover is null ? "skip" : "text",
    };

    private static JsonObject Here(double x, double y, double cut) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["x"] = PlotJson.Numbers([x]),
        ["y"] = PlotJson.Numbers([y]),
        ["marker"] = new JsonObject { ["color"] = PlotColor.Ground, ["size"] = 11, ["line"] = new JsonObject { ["color"] = PlotColor.Ink, ["width"] = 2 } },
        ["hovertext"] = PlotJson.Texts([$"the cut at {CutChoice.Text(cut)}"]),
        ["hoverinfo"] = "text",
    };

    /// <summary>One cut on the curves.</summary>
    private readonly record struct CurveAt(double Cut, double Recall, double Alarms, double Precision, double Chosen, double Base)
    {
        public double Lift => Chosen > 0 ? Precision / Base : double.NaN;

        public static CurveAt Of(Outcomes outcomes, double cut) => new(
            cut, Rate.Of(outcomes.TruePositives, outcomes.Positives).Value, Rate.Of(outcomes.FalsePositives, outcomes.Negatives).Value,
            Rate.Of(outcomes.TruePositives, outcomes.LabelledPredictedPositive).Value, Rate.Of(outcomes.LabelledPredictedPositive, outcomes.Labelled).Value,
            Rate.Of(outcomes.Positives, outcomes.Labelled).Value);
    }
}
