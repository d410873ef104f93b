using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Binary decisions to measure.</summary>
internal sealed class BinarySample(BinaryDecisions decisions, PerformanceOptions options) : PredictionSample(options)
{
    public BinaryDecisions Decisions => decisions;

    public override string Task => "binary";

    public override string? Positive => decisions.Positive;

    public override int Rows => decisions.Rows;

    public override ReadOnlySpan<double> Weight => decisions.Weight;

    public override PredictionSample Take(int[] rows) => new BinarySample(decisions.Take(rows), Options);

    public override ScoreSheet Measure(CancellationToken cancellationToken) => MeasureBinary.Of(decisions, Options, cancellationToken);

    public override int Stratum(int row) => decisions.Label[row];

    public override IReadOnlyDictionary<string, Func<double[]>> Influences() => BinaryInfluence.Of(new BinaryMetrics(decisions, Options), Options);

    public override (IReadOnlyList<string> Names, WeightedMetrics Compute) Weighted()
    {
        BinaryMetrics metrics = new(decisions, Options);
        return (metrics.Names, metrics.Compute);
    }

    public override PredictionSample Outcomes(Column label) => new BinarySample(
        new BinaryDecisions(
            decisions.Positive, decisions.Favourable,
            [.. Enumerable.Range(0, label.Count).Select(row => (sbyte)(IsPositive(label, row) ? 1 : 0))], new sbyte[label.Count], null, null),
        Options);

    public override IEnumerable<(string Name, string Says, PredictionSample Sample)> Baselines(PredictionSample? training)
    {
        double share = (training as BinarySample ?? this).PositiveShare();
        if (double.IsNaN(share))
        {
            yield break;
        }

        sbyte most = (sbyte)(share >= 0.5 ? 1 : 0);
        yield return ("majority", most == 1 ? decisions.Positive : decisions.Negative, Constant(most, null));
        if (!decisions.Score.IsEmpty)
        {
            string says = string.Create(CultureInfo.InvariantCulture, $"{decisions.Positive} with probability {share:0.####}");
            yield return ("prior", says, Constant(most, share));
        }
    }

    // The same number may be written in two ways.
    private bool IsPositive(Column label, int row) => label.Text(row) == decisions.Positive
        || (double.TryParse(decisions.Positive, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && label.Number(row) == number);

    private BinarySample Constant(sbyte prediction, double? score)
    {
        sbyte[] predictions = new sbyte[decisions.Rows];
        double[]? scores = score is null ? null : new double[decisions.Rows];
        Array.Fill(predictions, prediction);
        for (int row = 0; row < scores?.Length; row++)
        {
            scores[row] = double.IsNaN(decisions.Score[row]) ? double.NaN : score!.Value;
        }

        return new BinarySample(
            new BinaryDecisions(
                decisions.Positive, decisions.Favourable, decisions.Label.ToArray(), predictions, scores,
                decisions.Weight.IsEmpty ? null : decisions.Weight.ToArray())
            {
                Negative = decisions.Negative,
            },
            Options);
    }

    private double PositiveShare()
    {
        double all = 0;
        double positives = 0;
        for (int row = 0; row < decisions.Rows; row++)
        {
            double mass = decisions.Weight.IsEmpty ? 1 : decisions.Weight[row];
            all += decisions.Label[row] >= 0 ? mass : 0;
            positives += decisions.Label[row] == 1 ? mass : 0;
        }

        return positives / all;
    }
}
