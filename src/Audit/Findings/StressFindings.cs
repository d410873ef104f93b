using System.Globalization;
using Governance.Audit.Fairness;
using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Audit.Slices;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Turns reports on disturbed inputs, weak slices and parts of the data into findings. Pure.</summary>
public static class StressFindings
{
    // What is compared between parts of the data, by task: what the task has of them.
    private static readonly string[] Compared = ["accuracy_difference", "roc_auc_difference", "ece_difference", "macro_f1_difference", "mae_difference", "mean_error_difference"];

    /// <summary>All of them, judged by the policy's gates.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="policy">Whose gates are judged.</param>
    public static IEnumerable<Finding> From(StressReport report, PolicyPack policy)
    {
        IEnumerable<Finding> findings = (report.Robustness is null ? [] : Robustness(report.Robustness))
            .Concat(report.Slices is null ? [] : Slices(report.Slices))
            .Concat(report.Stability is null ? [] : Stability(report.Stability));
        return findings.Select(finding => finding with
        {
            Gate = Gates.Judge(policy, $"{finding.Family}.{finding.Metric}", finding.Value, finding.Interval, finding.N, enoughRows: true),
        });
    }

    // One finding a test, strength and figure; the slice is TEST=STRENGTH.
    private static IEnumerable<Finding> Robustness(RobustnessReport report)
    {
        foreach (RobustnessCurve curve in report.Curves)
        {
            // One test may have several forms: a picture is denoised by several filters.
            string test = report.Curves.Count(other => other.Test == curve.Test) == 1 ? curve.Test : $"{curve.Test} ({curve.Title})";
            foreach (RobustnessPoint point in curve.Points.Where(point => point.Refusal is null))
            {
                string slice = $"{test}={point.Strength.ToString("R", CultureInfo.InvariantCulture)}";
                if (!double.IsNaN(point.FlipRate))
                {
                    yield return Of("robustness", "flip_rate", slice, point.FlipRate, point.FlipInterval, report.Rows);
                }

                if (!double.IsNaN(point.ScoreShift))
                {
                    yield return Of("robustness", "score_shift", slice, point.ScoreShift, point.ScoreShiftInterval, report.Rows);
                }

                foreach (RobustMetric metric in point.Metrics)
                {
                    yield return Of("robustness", $"{metric.Metric}_change", slice, metric.Difference, metric.DifferenceInterval, report.Rows);
                }
            }
        }
    }

    // How many weak slices were confirmed, then each of them: its metric less that of the rest, on rows not searched.
    private static IEnumerable<Finding> Slices(SlicesReport report)
    {
        WeakSlice[] confirmed = [.. report.Slices.Where(slice => slice.Confirmed)];
        yield return Of("slices", "confirmed", null, confirmed.Length, [confirmed.Length, confirmed.Length], report.HeldOut.Rows);
        foreach (WeakSlice slice in confirmed)
        {
            yield return Of("slices", $"{report.Metric}_difference", slice.Where, slice.Difference, slice.DifferenceInterval, slice.HeldOut.Rows) with
            {
                PValue = slice.AdjustedPValue,
            };
        }
    }

    // One finding a figure: the largest difference between two parts, with a simultaneous interval.
    private static IEnumerable<Finding> Stability(FairnessReport report)
    {
        AttributeFairness parts = report.Attributes[0];
        foreach (string metric in Compared.Where(parts.Summary.ContainsKey))
        {
            yield return Of("stability", metric, parts.Attribute, parts.Summary[metric] ?? double.NaN, parts.SummaryIntervals.GetValueOrDefault(metric), parts.Groups.Sum(group => (long)group.Count)) with
            {
                Extremes = GroupSupport.Extremes(parts.Groups, metric),
                Reason = parts.Undefined.FirstOrDefault(undefined => undefined.Metric == metric)?.Reason,
            };
        }
    }

    private static Finding Of(string family, string metric, string? slice, double value, IReadOnlyList<double>? interval, long rows) => new()
    {
        Id = $"{family}/{metric}{(slice is null ? "" : $"/{slice}")}",
        Family = family,
        Metric = metric,
        Slice = slice,
        Value = double.IsFinite(value) ? value : null,
        Interval = interval,
        N = rows,
        Sentence = "",
    };
}
