using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>The single cases of a self-contained report, each with its drawing and its table.</summary>
internal static class ReportCases
{
    /// <summary>Writes the section.</summary>
    /// <param name="views">The classes drawn; a case shows the one with its largest output.</param>
    /// <param name="data">The data explained, by the rows' indices.</param>
    public static string Write(IReadOnlyList<ExplainedView> views, Table data)
    {
        ExplanationReport report = views[0].Report;
        ExplainedRow[] shown = [.. report.Rows.Take(ExplanationDocument.MostCases)];
        StringBuilder html = new($"<h2>{(report.Rows.Count == 1 ? "The case" : "Single cases")}</h2>");
        if (shown.Length < report.Rows.Count)
        {
            html.Append($"<p class=\"quiet\">The first {shown.Length} of {PlainNumbers.Count(report.Rows.Count)} rows; the JSON has all.</p>");
        }

        if (shown.Length > 3)
        {
            html.Append("<nav aria-label=\"Cases\"><ol>");
            foreach (ExplainedRow row in shown)
            {
                html.Append($"<li><a href=\"#row-{row.Row}\">row {PlainNumbers.Count(row.Row)}</a></li>");
            }

            html.Append("</ol></nav>");
        }

        foreach (ExplainedRow row in shown)
        {
            html.Append(Case(views.MaxBy(view => row.Prediction[view.Position])!, row, data));
        }

        return html.ToString();
    }

    private static string Case(ExplainedView view, ExplainedRow row, Table data)
    {
        AttributionUnit unit = view.UnitOf(row);
        double average = view.Average(row);
        double prediction = row.Prediction[view.Position];
        IReadOnlyList<WaterfallStep> steps = WaterfallStep.Of(
            row, view.Position, average, view.Report.Features, feature => Cell(data, row.Row, feature), WaterfallChart.MostBars);
        string side = prediction >= average ? "above" : "below";
        string title = $"Row {PlainNumbers.Count(row.Row)}: {PlainNumbers.Value(prediction)} {unit.Words}, {PlainNumbers.Value(Math.Abs(prediction - average))} {side} the average";
        return new StringBuilder($"<figure id=\"row-{row.Row}\"><h3>{Svg.Escape(title)}</h3>")
            .Append(WaterfallChart.Draw(steps, unit, average, row, prediction))
            .Append($"<figcaption class=\"quiet\">Additivity residual {PlainNumbers.Value(row.AdditivityResidual[view.Position])}.</figcaption>")
            .Append(HtmlTable.Twin(
                $"row {row.Row}, {unit.Words}", ["Feature", "Value in this row", "Attribution", "95 % low", "95 % high"],
                [
                    .. view.Report.Features.Select((feature, i) => (Feature: feature, i)).OrderByDescending(pair => Math.Abs(row.Values[view.Position][pair.i])).Select(pair => (IReadOnlyList<string>)
                    [
                        pair.Feature, Cell(data, row.Row, pair.Feature) ?? "", PlainNumbers.Signed(row.Values[view.Position][pair.i]),
                        End(row, view.Position, pair.i, 0), End(row, view.Position, pair.i, 1),
                    ]),
                ], 2))
            .Append("</figure>\n").ToString();
    }

    private static string End(ExplainedRow row, int position, int feature, int end) =>
        row.Interval is { } intervals ? PlainNumbers.Signed(intervals[position][feature][end]) : "";

    // A group of features has no one value to show.
    private static string? Cell(Table data, int row, string feature) => data.Find(feature) is not { } column ? ""
        : column.IsMissing(row) ? null
        : column is NumberColumn numbers ? numbers.Values[row].ToString("G7", CultureInfo.InvariantCulture).Replace('-', '−')
        : column.Text(row);
}
