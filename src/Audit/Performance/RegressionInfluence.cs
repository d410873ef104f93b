using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>How much each row moves the metrics of predicted numbers; see <see cref="BinaryInfluence"/>.</summary>
internal static class RegressionInfluence
{
    /// <summary>The influences, shape [rows] each, by metric; none of a metric that is undefined.</summary>
    public static IReadOnlyDictionary<string, Func<double[]>> Of(NumberPredictions data, PerformanceOptions options)
    {
        double[] error = [.. data.Predicted.Zip(data.Truth, (predicted, truth) => predicted - truth)];
        Dictionary<string, Func<double[]>> influences = new(StringComparer.Ordinal);
        double mse = Centred(row => error[row] * error[row]).Mean;
        double bias = Centred(row => error[row]).Mean;
        double mean = Centred(row => data.Truth[row]).Mean;
        double variance = Centred(row => (data.Truth[row] - mean) * (data.Truth[row] - mean)).Mean;
        Add("mse", row => error[row] * error[row], 1);
        Add("mae", row => Math.Abs(error[row]), 1);
        Add("mean_error", row => error[row], 1);
        Add("mape", row => RowError.Relative(data.Truth[row], error[row]), 1);
        Add("msle", row => RowError.SquaredLog(data.Truth[row], data.Predicted[row]), 1);
        if (mse > 0)
        {
            Add("rmse", row => error[row] * error[row], 1 / (2 * Math.Sqrt(mse)));
        }

        if (variance > 0)
        {
            double left = mse - (bias * bias);
            Add("r2", row => Explained(row, 0, mse), 1);
            Add("explained_variance", row => Explained(row, bias, left), 1);
        }

        if (options.Quantile is double quantile)
        {
            Add("pinball", row => RowError.Pinball(error[row], quantile), 1);
            Add("quantile_coverage", row => data.Truth[row] <= data.Predicted[row] ? 1 : 0, 1);
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

        void Add(string name, Func<int, double> value, double factor)
        {
            if (!double.IsNaN(Centred(value).Mean))
            {
                influences[name] = () => Array.ConvertAll(Centred(value).Influence, own => factor * own);
            }
        }

        // How a row moves 1 − S / V, up to a constant that centring takes away.
        double Explained(int row, double offset, double left) =>
            (left * (data.Truth[row] - mean) * (data.Truth[row] - mean) / (variance * variance)) - ((error[row] - offset) * (error[row] - offset) / variance);
    }
}
