using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>All metrics of predicted numbers as functions of the rows' weights.</summary>
internal sealed class RegressionMetrics
{
    private readonly NumberPredictions data;
    private readonly PerformanceOptions options;

    /// <summary>Prepares.</summary>
    public RegressionMetrics(NumberPredictions data, PerformanceOptions options)
    {
        this.data = data;
        this.options = options;
        Names =
        [
            "rmse", "mse", "mae", "median_ae", "mean_error", "max_error", "r2", "explained_variance", "mape", "msle",
            .. options.Quantile is null ? [] : (string[])["pinball", "quantile_coverage"],
            .. data.Lower is null ? [] : (string[])["interval_coverage", "interval_width"],
            .. data.Lower is null || options.Coverage is null ? [] : (string[])["interval_score"],
        ];
    }

    /// <summary>The names of the metrics, in the order of <see cref="Compute"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Computes all metrics.</summary>
    /// <param name="weight">Shape [rows], at least 0; empty for 1 each.</param>
    /// <param name="values">Shape [metrics]: overwritten, NaN where undefined.</param>
    public void Compute(ReadOnlySpan<double> weight, Span<double> values)
    {
        MeanEstimate absolute = default, squared = default, signed = default, target = default;
        MeanEstimate relative = default, logarithmic = default, pinball = default, below = default;
        double largest = double.NaN;
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        double[] distances = new double[data.Truth.Length];
        for (int row = 0; row < distances.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            double error = data.Predicted[row] - data.Truth[row];
            distances[row] = Math.Abs(error);
            if (mass > 0)
            {
                absolute.Add(distances[row], mass);
                squared.Add(error * error, mass);
                signed.Add(error, mass);
                target.Add(data.Truth[row], mass);
                relative.Add(RowError.Relative(data.Truth[row], error), mass);
                logarithmic.Add(RowError.SquaredLog(data.Truth[row], data.Predicted[row]), mass);
                pinball.Add(RowError.Pinball(error, options.Quantile ?? 0.5), mass);
                below.Add(data.Truth[row] <= data.Predicted[row] ? 1 : 0, mass);
                largest = double.IsNaN(largest) ? distances[row] : Math.Max(largest, distances[row]);
                least = Math.Min(least, data.Truth[row]);
                most = Math.Max(most, data.Truth[row]);
            }
        }

        bool varies = most > least && target.Variance > 0;
        int next = 0;
        values[next++] = Math.Sqrt(squared.Value);
        values[next++] = squared.Value;
        values[next++] = absolute.Value;
        values[next++] = MedianInterval.Median(distances, weight);
        values[next++] = signed.Value;
        values[next++] = largest;
        values[next++] = varies ? 1 - (squared.Value / target.Variance) : double.NaN;
        values[next++] = varies ? 1 - (signed.Variance / target.Variance) : double.NaN;
        values[next++] = relative.Value;
        values[next++] = logarithmic.Value;
        if (options.Quantile is not null)
        {
            values[next++] = pinball.Value;
            values[next++] = below.Value;
        }

        PutIntervals(weight, values[next..]);
    }

    private void PutIntervals(ReadOnlySpan<double> weight, Span<double> values)
    {
        if (data.Lower is not double[] lower || data.Upper is not double[] upper)
        {
            return;
        }

        MeanEstimate held = default, width = default, score = default;
        for (int row = 0; row < lower.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            held.Add(data.Truth[row] >= lower[row] && data.Truth[row] <= upper[row] ? 1 : 0, mass);
            width.Add(upper[row] - lower[row], mass);
            score.Add(RowError.Winkler(data.Truth[row], lower[row], upper[row], options.Coverage ?? 0.95), mass);
        }

        values[0] = held.Value;
        values[1] = width.Value;
        if (options.Coverage is not null)
        {
            values[2] = score.Value;
        }
    }
}
