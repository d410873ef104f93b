using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The errors of predicted numbers on one set of rows, in the unit of the target unless said otherwise.</summary>
internal static class MeasureRegression
{
    /// <summary>Measures. O(rows log rows).</summary>
    /// <param name="data">Rows that all have a true value.</param>
    /// <param name="options">Level and quantile.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static ScoreSheet Of(NumberPredictions data, PerformanceOptions options, CancellationToken cancellationToken)
    {
        RegressionMetrics metrics = new(data, options);
        double[] values = new double[metrics.Names.Count];
        metrics.Compute(data.Weight, values);
        Dictionary<string, Interval?> intervals = options.Interval == IntervalMethod.Analytic
            ? RegressionIntervals.Of(data, options)
            : BootstrapMetrics.Intervals(metrics.Names, data.Truth.Length, data.Weight, metrics.Compute, options, cancellationToken);
        ScoreSheet sheet = new(data.Truth.Length);
        for (int i = 0; i < values.Length; i++)
        {
            sheet.Put(metrics.Names[i], values[i], Reason(metrics.Names[i], data), intervals.GetValueOrDefault(metrics.Names[i]));
        }

        return sheet;
    }

    private static string Reason(string metric, NumberPredictions data)
    {
        int zeros = data.Truth.Count(value => value == 0);
        return metric switch
        {
            "r2" or "explained_variance" => "the true values do not vary",
            "mape" when zeros > 0 => $"{zeros} true values are 0, and a share of 0 does not exist",
            "msle" when data.Truth.Concat(data.Predicted).Any(value => value <= -1) => "a value is -1 or below, where ln(1 + value) does not exist",
            _ => "there is no row with a weight above 0",
        };
    }
}
