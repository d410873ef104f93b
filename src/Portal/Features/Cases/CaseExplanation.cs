using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Cases;

/// <summary>The attributions of one row for one class, as plots of one case read them.</summary>
/// <param name="Report">One row and one class: every array of classes has one entry.</param>
/// <param name="IsSealed">Whether the values are sealed evidence; else they were computed while somebody looked.</param>
public sealed record CaseExplanation(ExplanationReport Report, bool IsSealed)
{
    /// <summary>The row.</summary>
    public ExplainedRow Row => Report.Rows[0];

    /// <summary>The class explained; null where the output has no classes.</summary>
    public string? Class => Report.Classes is { Count: 1 } classes ? classes[0] : null;

    /// <summary>What the evidence sealed of a row; null where it holds neither row nor class.</summary>
    public static CaseExplanation? Sealed(ExplanationReport report, int row, string? explained)
    {
        ArgumentNullException.ThrowIfNull(report);
        ExplainedRow? found = report.Rows.FirstOrDefault(each => each.Row == row);
        return found is not null && PositionOf(report, found, explained) is int position ? new CaseExplanation(Narrowed(report, found, position), true) : null;
    }

    /// <summary>What was computed of one row.</summary>
    public static CaseExplanation Computed(ExplanationReport report, string? explained)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new CaseExplanation(Narrowed(report, report.Rows[0], PositionOf(report, report.Rows[0], explained) ?? 0), false);
    }

    /// <summary>A row of a report for the class at a position, in the form of a report of its own.</summary>
    internal static ExplanationReport Narrowed(ExplanationReport report, ExplainedRow row, int position)
    {
        int at = row.Values.Count == 1 ? 0 : position;
        int named = row.ClassIndex ?? position;
        double average = row.BaseValue is { } own ? own[own.Count == 1 ? 0 : at] : report.BaseValue[report.BaseValue.Count == 1 ? 0 : named];
        return report with
        {
            ClassIndex = report.Classes is { Count: > 1 } ? named : report.ClassIndex,
            Classes = report.Classes is { } classes ? [classes[classes.Count == 1 ? 0 : named]] : null,
            BaseValue = [average],
            Rows =
            [
                row with
                {
                    ClassIndex = null, BaseValue = null, Prediction = [row.Prediction[at]], Values = [row.Values[at]],
                    StandardErrors = row.StandardErrors is { } errors ? [errors[at]] : null,
                    Interval = row.Interval is { } interval ? [interval[at]] : null,
                    AdditivityResidual = [row.AdditivityResidual[at]],
                    Interactions = null,
                },
            ],
        };
    }

    // Where the class is not asked for: the row's own, else the only one, else the one with the largest output.
    private static int? PositionOf(ExplanationReport report, ExplainedRow row, string? explained)
    {
        if (explained is not null)
        {
            int position = report.Classes?.ToList().IndexOf(explained) ?? -1;
            return position >= 0 && (row.ClassIndex is null || row.ClassIndex == position) ? position : null;
        }

        return row.ClassIndex
            ?? (row.Prediction.Count == 1 ? 0 : Enumerable.Range(0, row.Prediction.Count).MaxBy(at => row.Prediction[at]));
    }
}
