using Governance.Audit.Data;

namespace Governance.Audit.Performance;

/// <summary>Choices among classes to measure.</summary>
internal sealed class ClassSample(ClassPredictions data, PerformanceOptions options) : PredictionSample(options)
{
    public override string Task => "multiclass";

    public override int Rows => data.Label.Length;

    public override ReadOnlySpan<double> Weight => data.Weight;

    public override PredictionSample Take(int[] rows) => new ClassSample(data.Take(rows), Options);

    public override ScoreSheet Measure(CancellationToken cancellationToken) => MeasureMulticlass.Of(data, Options, cancellationToken);

    public override int Stratum(int row) => data.Label[row];

    public override IReadOnlyDictionary<string, Func<double[]>> Influences() => ClassInfluence.Of(new ClassMetrics(data, Options));

    public override (IReadOnlyList<string> Names, WeightedMetrics Compute) Weighted()
    {
        ClassMetrics metrics = new(data, Options);
        return (metrics.Names, metrics.Compute);
    }

    public override PredictionSample Outcomes(Column label)
    {
        Levels levels = Levels.Of(label);
        return new ClassSample(new ClassPredictions(levels.Names, levels.Codes.ToArray(), levels.Codes.ToArray(), null, null), Options);
    }

    public override IEnumerable<(string Name, string Says, PredictionSample Sample)> Baselines(PredictionSample? training)
    {
        double[] shares = (training as ClassSample ?? this).Shares(data.Classes);
        if (shares.Any(double.IsNaN))
        {
            yield break;
        }

        int most = Array.IndexOf(shares, shares.Max());
        ClassPredictions constant = data with { Prediction = [.. Enumerable.Repeat(most, Rows)], Probability = null };
        yield return ("majority", data.Classes[most], new ClassSample(constant, Options));
        if (data.Probability is not null)
        {
            double[][] probability = [.. shares.Select(share => Enumerable.Repeat(share, Rows).ToArray())];
            yield return ("prior", "each class with its share", new ClassSample(constant with { Probability = probability }, Options));
        }
    }

    private double[] Shares(IReadOnlyList<string> classes)
    {
        double[] shares = new double[classes.Count];
        double all = 0;
        for (int row = 0; row < Rows; row++)
        {
            double mass = data.Weight is null ? 1 : data.Weight[row];
            all += mass;
            for (int k = 0; k < shares.Length; k++)
            {
                shares[k] += data.Classes[data.Label[row]] == classes[k] ? mass : 0;
            }
        }

        return [.. shares.Select(share => share / all)];
    }
}
