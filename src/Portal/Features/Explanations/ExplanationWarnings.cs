using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>What a reader of attributions must know.</summary>
internal static class ExplanationWarnings
{
    /// <summary>Warnings about outputs that are no numbers, and about estimates without errors.</summary>
    public static IEnumerable<AuditWarning> Of(ExplanationReport report)
    {
        ExplainedRow[] broken = [.. report.Rows.Where(row => row.Values.Any(values => values.Any(value => !double.IsFinite(value))))];
        if (broken.Length > 0)
        {
            yield return new AuditWarning(
                "output-not-finite",
                $"The model's output is no finite number for {broken.Length} rows or for reference rows mixed with them; their values are null.",
                broken[0].Row);
        }

        // Sampled without errors: the budget ended before the inner coalition sizes.
        if (report.Method == ExplanationMethods.Kernel && report.Rows[0].StandardErrors is null
            && (report.Features.Count > ExactShapley.MaxPlayers
                || report.Evaluations / report.Rows.Count < 1L << report.Features.Count))
        {
            yield return new AuditWarning(
                "errors-unknown", "The samples are too few to say how far off the values may be; take more with --samples.");
        }
    }
}
