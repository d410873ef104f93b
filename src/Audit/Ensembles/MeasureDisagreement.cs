using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Ensembles;

/// <summary>Measures whether members disagree where their ensemble errs.</summary>
public static class MeasureDisagreement
{
    /// <summary>Measures decisions between classes.</summary>
    /// <param name="disagreement">Shape [rows]: at least 0.</param>
    /// <param name="wrong">Shape [rows].</param>
    /// <param name="bins">Rows of like disagreement are put into at most so many bins of about equal size; equal values stay together.</param>
    /// <param name="level">The confidence level.</param>
    public static DisagreementReport OfDecisions(ReadOnlySpan<double> disagreement, ReadOnlySpan<bool> wrong, int bins, double level)
    {
        bool[] errors = wrong.ToArray();
        double[] values = disagreement.ToArray();
        DisagreementBin[] all = [.. Cut(values, bins).Select(rows =>
        {
            int count = rows.Count(row => errors[row]);
            double share = (double)count / rows.Length;
            return new DisagreementBin(
                values[rows[0]], values[rows[^1]], rows.Length, count, share, WilsonInterval.Compute(share, rows.Length, level).ToArray());
        })];
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(RankOrder.Ascending(values), values, [.. errors.Select(error => (sbyte)(error ? 1 : 0))], [], [], area);
        return new DisagreementReport(
            "error_rate", values.Length, values.Average(), all, area[0].IsDefined ? area[0].Area : null, area[0].DeLong(level)?.ToArray(), null);
    }

    /// <summary>Measures predicted numbers.</summary>
    /// <param name="disagreement">Shape [rows]: at least 0.</param>
    /// <param name="error">Shape [rows]: absolute errors in the unit of the target.</param>
    /// <param name="bins">As for decisions.</param>
    /// <param name="level">The confidence level.</param>
    public static DisagreementReport OfNumbers(ReadOnlySpan<double> disagreement, ReadOnlySpan<double> error, int bins, double level)
    {
        double[] errors = error.ToArray();
        double[] values = disagreement.ToArray();
        DisagreementBin[] all = [.. Cut(values, bins).Select(rows =>
        {
            MeanEstimate mean = default;
            foreach (int row in rows)
            {
                mean.Add(errors[row], 1);
            }

            return new DisagreementBin(values[rows[0]], values[rows[^1]], rows.Length, null, mean.Value, mean.Interval(level)?.ToArray());
        })];
        double correlation = Correlation.Spearman(values, errors);
        return new DisagreementReport(
            "mean_absolute_error", values.Length, values.Average(), all, null, null, double.IsFinite(correlation) ? correlation : null);
    }

    // The rows by disagreement, cut at the quantiles; a run of equal values stays in the bin in which it begins.
    private static IEnumerable<int[]> Cut(double[] values, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfZero(values.Length);
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(row => values[row])];
        int start = 0;
        for (int bin = 1; bin <= bins && start < order.Length; bin++)
        {
            int end = Math.Max(start + 1, (int)((long)order.Length * bin / bins));
            while (end < order.Length && values[order[end]] == values[order[end - 1]])
            {
                end++;
            }

            yield return order[start..end];
            start = end;
        }
    }
}
