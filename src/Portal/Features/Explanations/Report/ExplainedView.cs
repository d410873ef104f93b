using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>The part of a report that is drawn together: one class, or each row's own.</summary>
/// <param name="Report">The report.</param>
/// <param name="Position">The place of the class in each row's arrays.</param>
/// <param name="Unit">What its attributions are measured in.</param>
internal sealed record ExplainedView(ExplanationReport Report, int Position, AttributionUnit Unit)
{
    // More classes would make a document that nobody reads; the JSON has all.
    private const int MostClasses = 12;

    /// <summary>The views of a report.</summary>
    public static IReadOnlyList<ExplainedView> Of(ExplanationReport report)
    {
        int classes = Math.Min(MostClasses, report.Rows.Min(row => row.Values.Count));
        bool own = report.Rows.Any(row => row.ClassIndex is not null);
        return
        [
            .. Enumerable.Range(0, classes).Select(position => new ExplainedView(
                report, position, own ? new AttributionUnit("the class predicted for each row", report.Link, report.Output) : AttributionUnit.Of(report, position))),
        ];
    }

    /// <summary>The average that a row's attributions start from.</summary>
    public double Average(ExplainedRow row)
    {
        // A row with a reference of its own carries its own averages: of its one class, or of all.
        IReadOnlyList<double> averages = row.BaseValue ?? Report.BaseValue;
        return averages[averages.Count == 1 ? 0 : row.ClassIndex ?? Position];
    }

    /// <summary>What a row's attributions are measured in, with the row's own class.</summary>
    public AttributionUnit UnitOf(ExplainedRow row) => row.ClassIndex is int own
        ? Unit with { Class = Report.Classes is { } names && own < names.Count ? names[own] : own.ToString(System.Globalization.CultureInfo.InvariantCulture) }
        : Unit;

    /// <summary>Features by mean |value|, with intervals over rows.</summary>
    public IReadOnlyList<FeatureImportance> Importance() =>
        GlobalImportance.Of(Report, Position, GlobalImportance.DefaultResamples, 0.95, Report.Seed);
}
