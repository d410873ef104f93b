using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>Intervals in closed form of the metrics of predicted numbers.</summary>
/// <remarks>
/// Means: Student's. RMSE: the root of its ends. Median: order statistics. R² and explained variance: the delta method on the
/// logarithm of what is not explained. Shares: Wilson's. The largest error has none: another sample may hold any larger one.
/// </remarks>
internal static class RegressionIntervals
{
    /// <summary>The intervals that have a closed form, by metric.</summary>
    public static Dictionary<string, Interval?> Of(NumberPredictions data, PerformanceOptions options)
    {
        double level = options.Level;
        double[] error = [.. data.Predicted.Zip(data.Truth, (predicted, truth) => predicted - truth)];
        Interval? squared = OfMean(row => error[row] * error[row]);
        Dictionary<string, Interval?> intervals = new(StringComparer.Ordinal)
        {
            ["mse"] = squared,
            ["rmse"] = squared is Interval ends ? new Interval(Math.Sqrt(Math.Max(0, ends.Low)), Math.Sqrt(ends.High)) : null,
            ["mae"] = OfMean(row => Math.Abs(error[row])),
            ["median_ae"] = MedianInterval.Compute(Array.ConvertAll(error, Math.Abs), data.Weight, level).Interval,
            ["mean_error"] = OfMean(row => error[row]),
            ["mape"] = OfMean(row => RowError.Relative(data.Truth[row], error[row])),
            ["msle"] = OfMean(row => RowError.SquaredLog(data.Truth[row], data.Predicted[row])),
            ["r2"] = Explained(data, error, 0, level),
            ["explained_variance"] = Explained(data, error, Mean(error, data.Weight), level),
        };
        if (options.Quantile is double quantile)
        {
            intervals["pinball"] = OfMean(row => RowError.Pinball(error[row], quantile));
            intervals["quantile_coverage"] = OfShare(row => data.Truth[row] <= data.Predicted[row]);
        }

        if (data.Lower is double[] lower && data.Upper is double[] upper)
        {
            intervals["interval_coverage"] = OfShare(row => data.Truth[row] >= lower[row] && data.Truth[row] <= upper[row]);
            intervals["interval_width"] = OfMean(row => upper[row] - lower[row]);
            intervals["interval_score"] = options.Coverage is double coverage
                ? OfMean(row => RowError.Winkler(data.Truth[row], lower[row], upper[row], coverage))
                : null;
        }

        return intervals;

        Interval? OfMean(Func<int, double> value)
        {
            MeanEstimate mean = default;
            for (int row = 0; row < error.Length; row++)
            {
                mean.Add(value(row), data.Weight.Length == 0 ? 1 : data.Weight[row]);
            }

            return mean.Interval(level);
        }

        Interval? OfShare(Func<int, bool> holds)
        {
            OutcomeCell all = default;
            OutcomeCell held = default;
            for (int row = 0; row < error.Length; row++)
            {
                double mass = data.Weight.Length == 0 ? 1 : data.Weight[row];
                all = all.With(mass);
                held = holds(row) ? held.With(mass) : held;
            }

            return Rate.Of(held, all).Wilson(level);
        }
    }

    // 1 − S / V with S the mean squared error about an offset and V the variance of the truth: a row moves it by
    // −(e − offset)² / V + S (y − mean)² / V².
    private static Interval? Explained(NumberPredictions data, double[] error, double offset, double level)
    {
        double mean = Mean(data.Truth, data.Weight);
        double left = Mean([.. error.Select(e => (e - offset) * (e - offset))], data.Weight);
        double spread = Mean([.. data.Truth.Select(y => (y - mean) * (y - mean))], data.Weight);
        if (!(spread > 0))
        {
            return null;
        }

        double[] influence = [.. error.Select((e, row) =>
            (left * (data.Truth[row] - mean) * (data.Truth[row] - mean) / (spread * spread)) - ((e - offset) * (e - offset) / spread))];
        int[] rows = [.. Enumerable.Range(0, error.Length)];
        return TransformedInterval.BelowOne(1 - (left / spread), InfluenceSums.Variance(rows, influence, data.Weight), level);
    }

    private static double Mean(double[] values, double[] weight)
    {
        MeanEstimate mean = default;
        for (int row = 0; row < values.Length; row++)
        {
            mean.Add(values[row], weight.Length == 0 ? 1 : weight[row]);
        }

        return mean.Value;
    }
}
