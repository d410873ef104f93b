using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Performance;

/// <summary>Computes metrics of weighted rows.</summary>
/// <param name="weight">Shape [rows], at least 0; empty for 1 each.</param>
/// <param name="values">Shape [metrics]: overwritten, NaN where undefined.</param>
internal delegate void WeightedMetrics(ReadOnlySpan<double> weight, Span<double> values);

/// <summary>Bootstrap intervals of metrics: rows are drawn anew, and a row drawn twice counts twice.</summary>
internal static class BootstrapMetrics
{
    /// <summary>The intervals by metric, all from the same draws.</summary>
    /// <param name="names">Shape [metrics].</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="weight">Shape [rows]; empty for 1 each.</param>
    /// <param name="compute">Computes the metrics; called from several threads.</param>
    /// <param name="options">Method, resamples, seed, threads and level.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static Dictionary<string, Interval?> Intervals(
        IReadOnlyList<string> names, int rows, double[] weight, WeightedMetrics compute, PerformanceOptions options,
        CancellationToken cancellationToken)
    {
        BootstrapResult result = Run(names.Count, rows, weight, compute, options, cancellationToken);
        Dictionary<string, Interval?> intervals = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            intervals[names[i]] = result.Interval(i);
        }

        return intervals;
    }

    /// <summary>Runs the bootstrap.</summary>
    public static BootstrapResult Run(
        int metrics, int rows, double[] weight, WeightedMetrics compute, PerformanceOptions options, CancellationToken cancellationToken)
    {
        using ThreadLocal<double[]> scratch = new(() => new double[rows]);
        return Bootstrap.OfRows(
            rows, metrics,
            (counts, figures) =>
            {
                double[] own = scratch.Value!;
                for (int row = 0; row < own.Length; row++)
                {
                    own[row] = weight.Length == 0 ? counts[row] : counts[row] * weight[row];
                }

                compute(own, figures);
            },
            new BootstrapOptions
            {
                Resamples = options.Resamples,
                Level = options.Level,
                Seed = options.Seed,
                Threads = options.Threads,
                Method = options.Interval == IntervalMethod.Bca ? BootstrapMethod.Bca : BootstrapMethod.Percentile,
            },
            cancellationToken);
    }
}
