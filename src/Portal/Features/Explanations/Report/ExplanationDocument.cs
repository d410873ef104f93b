using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>
/// One HTML file with everything in it: the finding, the drawings with their tables, the cases, and what it was made from.
/// It asks no network for anything and runs no script.
/// </summary>
internal static class ExplanationDocument
{
    /// <summary>The most cases drawn; the JSON has all.</summary>
    public const int MostCases = 30;

    /// <summary>Writes the document.</summary>
    /// <param name="report">At least one explained row.</param>
    /// <param name="data">The data explained, by the rows' indices.</param>
    /// <param name="facts">What it was made from.</param>
    public static string Write(ExplanationReport report, Table data, ReportFacts facts)
    {
        IReadOnlyList<ExplainedView> views = ExplainedView.Of(report);
        IReadOnlyList<RankedFeature> first = RankedFeature.Rank(views[0].Importance());
        string headline = ExplainWords.Headline(first, report.Rows.Count);
        StringBuilder html = new();
        html.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"{ReportStyle.Policy}\">")
            .Append($"<title>{Svg.Escape($"Explanation of {facts.Model}: {headline}")}</title><style>{ReportStyle.Text}</style></head>\n<body>")
            .Append("<svg class=\"hatches\" aria-hidden=\"true\"><defs>").Append(Hatch("up")).Append(Hatch("down")).Append("</defs></svg>\n<main>")
            .Append($"<p class=\"crumb\">Explanation of {Svg.Escape(facts.Model)}</p><h1>{Svg.Escape(headline)}</h1>")
            .Append($"<p>{Svg.Escape(Lead(report, views[0]))}</p>");
        foreach (AuditWarning warning in facts.Warnings)
        {
            html.Append($"<p class=\"note\">{Svg.Escape(warning.Message)}</p>");
        }

        foreach (ExplainedView view in views)
        {
            html.Append(GlobalSection(view, data, views.Count > 1));
        }

        html.Append(ReportCases.Write(views, data)).Append(Origins(report, facts)).Append(HowToRead());
        return html.Append("</main></body></html>\n").ToString();
    }

    private static string Lead(ExplanationReport report, ExplainedView view) =>
        $"{PlainNumbers.Count(report.Rows.Count)} {(report.Rows.Count == 1 ? "row" : "rows")} of the output '{report.Output}', explained by the method {report.Method} against "
        + $"{PlainNumbers.Count(report.Background.Rows)} background rows. Attributions say what moved the model's output from its average, not what brought about the outcome. "
        + $"Unit: {view.Unit.Words}.";

    private static string GlobalSection(ExplainedView view, Table data, bool several)
    {
        IReadOnlyList<RankedFeature> ranked = RankedFeature.Rank(view.Importance());
        RankedFeature[] drawn = [.. ranked.Take(GlobalBarPlot.MostDrawn)];
        int rows = view.Report.Rows.Count;
        StringBuilder html = new();
        html.Append($"<h2>{Svg.Escape(several ? $"What moved the {view.Unit.Words}" : "What moved the output, over all rows")}</h2>");
        html.Append("<figure>").Append(ReportCharts.Bars(drawn, view.Unit, rows))
            .Append($"<figcaption class=\"quiet\">Whiskers are 95 % bootstrap intervals over {PlainNumbers.Count(rows)} rows; the place of a pale bar could differ with other rows."
                + (drawn.Length < ranked.Count ? $" The first {drawn.Length} of {ranked.Count} features; the table has all." : "") + "</figcaption>")
            .Append(HtmlTable.Twin(
                $"mean absolute attribution, {view.Unit.Words}", ["Feature", "Mean |attribution|", "95 % low", "95 % high", "Places open"],
                [.. ranked.Select(feature => (IReadOnlyList<string>)
                [
                    feature.Importance.Feature, PlainNumbers.Value(feature.Importance.MeanAbsolute), PlainNumbers.Value(feature.Importance.Interval[0]),
                    PlainNumbers.Value(feature.Importance.Interval[1]), feature.Ranks,
                ])], 1))
            .Append("</figure>");
        if (rows > 1)
        {
            html.Append(SwarmFigure(view, [.. drawn.Select(feature => feature.Importance.Feature)], data));
        }

        return html.ToString();
    }

    private static string SwarmFigure(ExplainedView view, IReadOnlyList<string> features, Table data)
    {
        int rows = view.Report.Rows.Count;
        StringBuilder ramp = new();
        for (int step = 0; step < 7; step++)
        {
            ramp.Append($"<rect x=\"{step * 12}\" width=\"12\" height=\"8\" class=\"q{step}\"/>");
        }

        return new StringBuilder("<figure><h3>How far each feature moved single rows</h3>")
            .Append($"<div class=\"legend\"><span>feature value: low <svg viewBox=\"0 0 84 8\" aria-hidden=\"true\">{ramp}</svg> high</span><span>grey: missing, or without an order</span></div>")
            .Append(ReportCharts.Swarm(view, features, data))
            .Append(rows > ReportCharts.MostDots ? $"<figcaption class=\"quiet\">The first {ReportCharts.MostDots} of {PlainNumbers.Count(rows)} rows are drawn; the table has all.</figcaption>" : "")
            .Append(HtmlTable.Twin(
                $"attributions over the rows, {view.Unit.Words}", ["Feature", "Lowest", "Quarter", "Median", "Three quarters", "Highest"],
                [.. features.Select(feature => (IReadOnlyList<string>)[feature, .. Quartiles(view, feature).Select(value => PlainNumbers.Signed(value))])], 1))
            .Append("</figure>").ToString();
    }

    private static IEnumerable<double> Quartiles(ExplainedView view, string feature)
    {
        int place = view.Report.Features.ToList().IndexOf(feature);
        double[] sorted = [.. view.Report.Rows.Select(row => row.Values[view.Position][place]).Where(double.IsFinite).Order()];
        return ((double[])[0, 0.25, 0.5, 0.75, 1]).Select(share => sorted.Length == 0 ? double.NaN : MathNet.Numerics.Statistics.SortedArrayStatistics.QuantileCustom(
            sorted, share, MathNet.Numerics.Statistics.QuantileDefinition.R7));
    }

    private static string Origins(ExplanationReport report, ReportFacts facts)
    {
        double residual = report.Rows.SelectMany(row => row.AdditivityResidual).Select(Math.Abs).DefaultIfEmpty(0).Max();
        (string, string)[] own =
        [
            ("Output", $"{report.Output} ({report.Link})"),
            ("Method", report.Reason is null ? report.Method : $"{report.Method}: {report.Reason}"),
            ("Background", $"{PlainNumbers.Count(report.Background.Rows)} rows, SHA-256 {report.Background.Sha256}"),
            ("Evaluations", $"{PlainNumbers.Count(report.Evaluations)} coalitions, {PlainNumbers.Count(report.ModelRows)} model rows, {PlainNumbers.Count(report.ModelCalls)} calls"),
            ("Seed", report.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Largest additivity residual", PlainNumbers.Value(residual)),
            ("Run on", report.Provider),
        ];
        return "<h2>What this was made from</h2>" + HtmlTable.Write(
            "Digests, method and seed", ["Fact", "Value"], [.. facts.Origins.Concat(own).Select(fact => (IReadOnlyList<string>)[fact.Item1, fact.Item2])], int.MaxValue);
    }

    private static string HowToRead() =>
        "<h2>How to read this</h2>"
        + "<p>An attribution is the part of the distance between a row's output and the average output that falls to one feature: average plus all attributions is the output. "
        + "The average is taken over the background rows, which stand for \u201cfeature not known\u201d.</p>"
        + "<p>Bars over all rows show the mean distance without its sign. In the drawing with dots each dot is one row: its place says how far the feature moved that row's output, its colour whether the feature's value was low or high.</p>"
        + "<p>In a single case read from the top: the dotted line is the average, each bar moves on from where the bar above it ended, and the last one ends at the row's output. "
        + "Whiskers are 95 % intervals of a sampled method. A hatched bar's interval includes zero, so it could as well point the other way. Without whiskers nothing was sampled, or no honest interval is known.</p>"
        + "<p>Features that say much the same share their attribution between them, and a large attribution is no fault by itself: it is where to look.</p>";

    private static string Hatch(string way) =>
        $"<pattern id=\"hatch-{way}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" class=\"{way}\"/></pattern>";
}
