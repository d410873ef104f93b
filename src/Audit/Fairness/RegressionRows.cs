using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Predicted numbers. Errors are prediction less truth, in the unit of the target.</summary>
internal sealed class RegressionRows(double[] truth, double[] predicted, double[] weight) : MeasuredRows
{
    public override string Positive => "";

    public override string Favourable => "";

    public override int Rows => predicted.Length;

    public override ReadOnlySpan<double> Weight => weight;

    public override int MissingLabels => truth.Count(double.IsNaN);

    public override IReadOnlyList<string> Metrics { get; } =
        ["mean_prediction", "mean_label", "mean_error", "mae", "mse", "rmse", "median_ae", "r2", "mape"];

    public override IReadOnlyList<(string Name, string Metric)> Parities { get; } =
        [("mean_prediction", "mean_prediction"), ("mean_label", "mean_label"), ("mean_error", "mean_error"), ("mae", "mae"), ("rmse", "rmse"), ("r2", "r2")];

    public override IReadOnlyList<string> Tested { get; } = ["mean_prediction", "mean_label", "mean_error", "mae", "mse", "rmse"];

    public override bool IsSigned(string metric) => metric is "mean_prediction" or "mean_label" or "mean_error" or "r2";

    public override IReadOnlyList<GroupFigures> Count(ReadOnlySpan<int> codes, IReadOnlyList<string> names)
    {
        List<int>[] rows = [.. names.Select(_ => new List<int>())];
        for (int row = 0; row < predicted.Length; row++)
        {
            int code = codes.IsEmpty ? 0 : codes[row];
            if (code >= 0)
            {
                rows[code].Add(row);
            }
        }

        return [.. names.Select((name, i) => Group(name, rows[i]))];
    }

    public override string Reason(string metric) => metric switch
    {
        "mean_prediction" => "the rows of the group have no weight",
        "r2" => "the true values of the group do not vary",
        "mape" => "a true value of the group is 0, and a share of 0 does not exist",
        _ => "no row of the group has a label and a weight above 0",
    };

    public override MeasuredRows Take(ReadOnlySpan<int> rows)
    {
        int[] kept = rows.ToArray();
        return new RegressionRows(
            Array.ConvertAll(kept, row => truth[row]), Array.ConvertAll(kept, row => predicted[row]),
            weight.Length == 0 ? weight : Array.ConvertAll(kept, row => weight[row]));
    }

    public override MeasuredRows Reweighted(double[] weights) => new RegressionRows(truth, predicted, weights);

    private GroupFigures Group(string name, List<int> rows)
    {
        MeanEstimate guess = default;
        MeanEstimate target = default;
        MeanEstimate signed = default;
        MeanEstimate absolute = default;
        MeanEstimate squared = default;
        MeanEstimate relative = default;
        double all = 0;
        bool zero = false;
        foreach (int row in rows)
        {
            double mass = weight.Length == 0 ? 1 : weight[row];
            all += mass;
            guess.Add(predicted[row], mass);
            if (!double.IsNaN(truth[row]))
            {
                double error = predicted[row] - truth[row];
                target.Add(truth[row], mass);
                signed.Add(error, mass);
                absolute.Add(Math.Abs(error), mass);
                squared.Add(error * error, mass);
                zero |= truth[row] == 0 && mass > 0;
                relative.Add(truth[row] == 0 ? 0 : Math.Abs(error / truth[row]), mass);
            }
        }

        double root = Math.Sqrt(squared.Value);
        Dictionary<string, Figure> figures = new(StringComparer.Ordinal)
        {
            ["mean_prediction"] = Figure.Of(guess),
            ["mean_label"] = Figure.Of(target),
            ["mean_error"] = Figure.Of(signed),
            ["mae"] = Figure.Of(absolute),
            ["mse"] = Figure.Of(squared),
            ["rmse"] = new Figure(FigureKind.Plain, root, 0, squared.StandardError / (2 * root)) { Lowest = 0 },
            ["median_ae"] = Figure.Of(MedianError(rows)),
            ["r2"] = Figure.Of(target.Variance > 1e-12 * target.Value * target.Value ? 1 - (squared.Value / target.Variance) : double.NaN) with { Highest = 1 },
            ["mape"] = zero ? Figure.Undefined : Figure.Of(relative),
        };
        return new GroupFigures(name, rows.Count, all, figures);
    }

    // Without weights the middle, or the mean of the two middle ones; with weights the least error up to which half the weight lies.
    private double MedianError(List<int> rows)
    {
        int[] kept = [.. rows.Where(row => !double.IsNaN(truth[row]) && (weight.Length == 0 || weight[row] > 0))];
        if (kept.Length == 0)
        {
            return double.NaN;
        }

        double[] errors = Array.ConvertAll(kept, row => Math.Abs(predicted[row] - truth[row]));
        Array.Sort(errors, kept);
        if (weight.Length == 0)
        {
            return (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2;
        }

        double half = kept.Sum(row => weight[row]) / 2;
        double sum = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            sum += weight[kept[i]];
            if (sum >= half)
            {
                return errors[i];
            }
        }

        return errors[^1];
    }
}
