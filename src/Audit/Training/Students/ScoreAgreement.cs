using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Training.Students;

/// <summary>How well the scores of a copy or student follow those of the model that it learned from.</summary>
internal static class ScoreAgreement
{
    private const int Resamples = 400;

    /// <summary>R²: one less the share of the variance that is missed; of several classes over all of them.</summary>
    /// <param name="said">Shape [rows][classes] or [rows][1]: the student's.</param>
    /// <param name="truth">The same of the model.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <param name="seed">Of the bootstrap over rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Nulls where the model's scores do not vary.</returns>
    public static (double? R2, Interval? Interval) R2(
        double[][] said, double[][] truth, double level, int seed, CancellationToken cancellationToken)
    {
        int from = truth[0].Length == 2 ? 1 : 0; // the first of two probabilities says the same
        double[] means = [.. Enumerable.Range(0, truth[0].Length).Select(k => truth.Average(row => row[k]))];
        double[] missed = [.. said.Select((scores, row) => Squared(scores, truth[row], from))];
        double[] whole = [.. truth.Select(scores => Squared(means, scores, from))];
        if (!(whole.Sum() > 0))
        {
            return (null, null);
        }

        BootstrapResult result = Bootstrap.OfRows(
            said.Length, 1,
            (counts, figures) =>
            {
                double miss = 0;
                double all = 0;
                for (int row = 0; row < counts.Length; row++)
                {
                    miss += counts[row] * missed[row];
                    all += counts[row] * whole[row];
                }

                figures[0] = all > 0 ? 1 - (miss / all) : double.NaN;
            },
            new BootstrapOptions { Resamples = Resamples, Level = level, Seed = seed, Method = BootstrapMethod.Percentile },
            cancellationToken);
        return (result.Estimates[0], result.Interval(0));
    }

    private static double Squared(double[] a, double[] b, int from)
    {
        double sum = 0;
        for (int k = from; k < b.Length; k++)
        {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }

        return sum;
    }
}
