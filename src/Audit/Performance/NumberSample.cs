using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>Predicted numbers to measure.</summary>
internal sealed class NumberSample(NumberPredictions data, PerformanceOptions options) : PredictionSample(options)
{
    public override string Task => "regression";

    public override int Rows => data.Truth.Length;

    public override ReadOnlySpan<double> Weight => data.Weight;

    public override PredictionSample Take(int[] rows) => new NumberSample(data.Take(rows), Options);

    public override ScoreSheet Measure(CancellationToken cancellationToken) => MeasureRegression.Of(data, Options, cancellationToken);

    public override int Stratum(int row) => 0;

    public override IReadOnlyDictionary<string, Func<double[]>> Influences() => RegressionInfluence.Of(data, Options);

    public override (IReadOnlyList<string> Names, WeightedMetrics Compute) Weighted()
    {
        RegressionMetrics metrics = new(data, Options);
        return (metrics.Names, metrics.Compute);
    }

    public override PredictionSample Outcomes(Column label)
    {
        double[] truth = NumberCells.Read(new Table([label]), label.Name);
        return new NumberSample(new NumberPredictions(truth, truth, null, null, []), Options);
    }

    public override IEnumerable<(string Name, string Says, PredictionSample Sample)> Baselines(PredictionSample? training)
    {
        NumberPredictions known = (training as NumberSample)?.Data ?? data;
        MeanEstimate mean = default;
        for (int row = 0; row < known.Truth.Length; row++)
        {
            mean.Add(known.Truth[row], known.Weight.Length == 0 ? 1 : known.Weight[row]);
        }

        double median = MedianInterval.Median(known.Truth, known.Weight);
        if (!double.IsNaN(mean.Value))
        {
            yield return ("mean", Said(mean.Value), Constant(mean.Value));
            yield return ("median", Said(median), Constant(median));
        }
    }

    private NumberPredictions Data => data;

    private NumberSample Constant(double value) =>
        new(data with { Predicted = [.. Enumerable.Repeat(value, Rows)], Lower = null, Upper = null }, Options);

    private static string Said(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
