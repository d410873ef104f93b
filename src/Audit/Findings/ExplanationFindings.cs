using Governance.Audit.Explanations;

namespace Governance.Audit.Findings;

/// <summary>Turns attributions into findings. Pure.</summary>
public static class ExplanationFindings
{
    /// <summary>The features that move the output most, and how well the attributions add up.</summary>
    /// <param name="report">The attributions.</param>
    /// <param name="importance">Ranked, the largest first.</param>
    /// <param name="features">How many features get a finding.</param>
    public static IEnumerable<Finding> From(
        ExplanationReport report, IReadOnlyList<FeatureImportance> importance, int features = 10)
    {
        foreach (FeatureImportance feature in importance.Take(features))
        {
            yield return new Finding
            {
                Id = $"explanation/mean_absolute_attribution/{feature.Feature}",
                Family = "explanation",
                Metric = "mean_absolute_attribution",
                Slice = feature.Feature,
                Value = feature.MeanAbsolute,
                Interval = feature.Interval,
                N = report.Rows.Count,
                Sentence = "",
            };
        }

        double residual = report.Rows.Count == 0
            ? double.NaN
            : report.Rows.Max(row => row.AdditivityResidual.Max(Math.Abs));
        yield return new Finding
        {
            Id = "explanation/additivity_residual",
            Family = "explanation",
            Metric = "additivity_residual",
            Value = residual,
            N = report.Rows.Count,
            Sentence = "",
        };
    }
}
