using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The errors of predicted numbers on one set of rows, in the unit of the target unless said otherwise.</summary>
internal static class MeasureRegression
{
    /// <summary>Measures. O(rows).</summary>
    /// <param name="truth">Shape [rows], finite.</param>
    /// <param name="predicted">Shape [rows], finite.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="level">The confidence level.</param>
    public static ScoreSheet Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weight, double level)
    {
        ScoreSheet sheet = new(truth.Length);
        MeanEstimate absolute = default;
        MeanEstimate squared = default;
        MeanEstimate signed = default;
        MeanEstimate relative = default;
        MeanEstimate target = default;
        double largest = double.NaN;
        int zeros = 0;
        bool varies = truth.ContainsAnyExcept(truth.IsEmpty ? 0 : truth[0]);
        for (int row = 0; row < truth.Length; row++)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            double error = predicted[row] - truth[row];
            absolute.Add(Math.Abs(error), mass);
            squared.Add(error * error, mass);
            signed.Add(error, mass);
            target.Add(truth[row], mass);
            largest = double.IsNaN(largest) ? Math.Abs(error) : Math.Max(largest, Math.Abs(error));
            zeros += truth[row] == 0 ? 1 : 0;
            relative.Add(truth[row] == 0 ? 0 : Math.Abs(error / truth[row]), mass);
        }

        string noRows = "there is no row with a weight above 0";
        sheet.Put("rmse", Math.Sqrt(squared.Value), noRows, Root(squared.Interval(level)));
        sheet.Put("mse", squared.Value, noRows, squared.Interval(level));
        sheet.Put("mae", absolute.Value, noRows, absolute.Interval(level));
        sheet.Put("mean_error", signed.Value, noRows, signed.Interval(level));
        sheet.Put("max_error", largest, noRows);
        sheet.Put("r2", varies && target.Variance > 0 ? 1 - (squared.Value / target.Variance) : double.NaN, "the true values do not vary");
        sheet.Put(
            "mape", zeros == 0 ? relative.Value : double.NaN,
            zeros == 0 ? noRows : $"{zeros} true values are 0, and a share of 0 does not exist");
        return sheet;
    }

    private static Interval? Root(Interval? interval) =>
        interval is Interval known ? new Interval(Math.Sqrt(Math.Max(0, known.Low)), Math.Sqrt(known.High)) : null;
}
