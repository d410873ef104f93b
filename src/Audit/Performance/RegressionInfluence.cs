using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>How much each row moves the metrics of predicted numbers; see <see cref="BinaryInfluence"/>.</summary>
internal static class RegressionInfluence
{
    /// <summary>The influences, shape [rows] each, by metric; none of a metric that is undefined.</summary>
    public static IReadOnlyDictionary<string, double[]> Of(NumberPredictions data, PerformanceOptions options)
    {
        double[] error = [.. data.Predicted.Zip(data.Truth, (predicted, truth) => predicted - truth)];
        Dictionary<string, double[]> influences = new(StringComparer.Ordinal);
        (double[] squared, double mse) = Centred(row => error[row] * error[row]);
        influences["mse"] = squared;
        if (mse > 0)
        {
            influences["rmse"] = Array.ConvertAll(squared, own => own / (2 * Math.Sqrt(mse)));
        }

        influences["mae"] = Centred(row => Math.Abs(error[row])).Influence;
        (double[] signed, double bias) = Centred(row => error[row]);
        influences["mean_error"] = signed;
        influences["mape"] = Centred(row => RowError.Relative(data.Truth[row], error[row])).Influence;
        influences["msle"] = Centred(row => RowError.SquaredLog(data.Truth[row], data.Predicted[row])).Influence;
        double mean = Centred(row => data.Truth[row]).Mean;
        (double[] spread, double variance) = Centred(row => (data.Truth[row] - mean) * (data.Truth[row] - mean));
        if (variance > 0)
        {
            influences["r2"] = Explained(squared, mse);
            (double[] around, double left) = Centred(row => (error[row] - bias) * (error[row] - bias));
            influences["explained_variance"] = Explained(around, left);
        }

        if (options.Quantile is double quantile)
        {
            influences["pinball"] = Centred(row => RowError.Pinball(error[row], quantile)).Influence;
            influences["quantile_coverage"] = Centred(row => data.Truth[row] <= data.Predicted[row] ? 1 : 0).Influence;
        }

        foreach (string undefined in influences.Where(pair => pair.Value.Any(double.IsNaN)).Select(pair => pair.Key).ToArray())
        {
            influences.Remove(undefined);
        }

        return influences;

        (double[] Influence, double Mean) Centred(Func<int, double> value)
        {
            MeanEstimate estimate = default;
            double[] own = [.. Enumerable.Range(0, error.Length).Select(value)];
            for (int row = 0; row < own.Length; row++)
            {
                estimate.Add(own[row], data.Weight.Length == 0 ? 1 : data.Weight[row]);
            }

            double centre = estimate.Value;
            return (Array.ConvertAll(own, one => one - centre), centre);
        }

        double[] Explained(double[] unexplained, double left) =>
            [.. unexplained.Select((own, row) => (left * spread[row] / (variance * variance)) - (own / variance))];
    }
}
