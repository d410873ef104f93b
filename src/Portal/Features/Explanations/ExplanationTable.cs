using System.Globalization;
using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>The table for people of <c>governance explain</c>.</summary>
internal static class ExplanationTable
{
    private const int RowsShown = 5;
    private const int FeaturesShown = 12;

    /// <summary>Writes the largest attributions of the first rows.</summary>
    public static void Write(TextWriter people, ExplanationReport report)
    {
        people.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(report.Rows.Count == 1 ? "1 row" : $"{report.Rows.Count} rows")} of '{report.Output}' ({report.Link}) by the method {report.Method}, {report.Background.Rows} background rows, {report.Evaluations:N0} coalitions, {report.ModelRows:N0} model rows."));
        if (report.Reason is not null)
        {
            people.WriteLine(report.Reason);
        }

        if (report.Transport is { } moved)
        {
            people.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moved.BytesPerExplanation:N0} bytes moved an explanation.{(moved.Reason is null ? "" : " ")}{moved.Reason}"));
        }

        if (report.Completeness is { } gap)
        {
            people.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{gap.Points:N0} gradients, {gap.Kinks:N0} kinks crossed{(gap.SeesKinks ? "" : " (the graph does not show all of them)")}; the values miss the change of the output by {gap.LargestGap:0.######} at most, {gap.LargestShare:0.###%} of a row's scale (bound {gap.Bound:0.###%})."));
        }

        int width = report.Features.Max(feature => feature.Length);
        foreach (ExplainedRow row in report.Rows.Take(RowsShown))
        {
            for (int output = 0; output < row.Values.Count; output++)
            {
                WriteRow(people, report, row, output, width);
            }
        }

        if (report.Rows.Count > RowsShown)
        {
            people.WriteLine($"… and {report.Rows.Count - RowsShown} more rows; --json gives all.");
        }
    }

    private static void WriteRow(TextWriter people, ExplanationReport report, ExplainedRow row, int output, int width)
    {
        int shown = row.ClassIndex ?? output;
        string? name = AttributionUnit.Of(report, shown).Class ?? (row.Values.Count > 1 || row.ClassIndex is not null ? shown.ToString(CultureInfo.InvariantCulture) : null);
        string title = name is null ? $"Row {row.Row}" : $"Row {row.Row}, class {name}"; // one number, as of a regression, has no class
        people.WriteLine();
        people.WriteLine(ExplanationMethods.Additive.Contains(report.Method)
            ? string.Create(CultureInfo.InvariantCulture,
                $"{title}: prediction {row.Prediction[output]:0.######} = base {row.BaseValue?[output] ?? report.BaseValue[shown]:0.######} + sum of")
            : string.Create(CultureInfo.InvariantCulture, $"{title}: prediction {row.Prediction[output]:0.######}, which {(report.Method == ExplanationMethods.Occlusion ? "falls without a part by" : "changes for each unit of a feature by")}"));
        IReadOnlyList<double> values = row.Values[output];
        int[] order = [.. Enumerable.Range(0, values.Count).OrderByDescending(player => Math.Abs(values[player]))];
        foreach (int player in order.Take(FeaturesShown))
        {
            string error = row.StandardErrors is null
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"  ± {row.StandardErrors[output][player]:0.000000}");
            people.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {report.Features[player].PadRight(width)}  {values[player],12:+0.000000;-0.000000;0.000000}{error}"));
        }

        if (order.Length > FeaturesShown)
        {
            people.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {$"{order.Length - FeaturesShown} other features".PadRight(width)}  {order.Skip(FeaturesShown).Sum(player => values[player]),12:+0.000000;-0.000000;0.000000}"));
        }
    }
}
