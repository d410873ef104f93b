using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Gauge;

namespace Governance.Audit.Theft.Attacks;

/// <summary>What the output policy leaves of an answer, as numbers that a thief can compute with.</summary>
internal sealed class ReleaseToThief(Victim victim, ValueSpread? spread)
{
    private readonly string[] columns = [.. victim.Space.Columns.Select(column => column.Name)];

    /// <summary>The prediction.</summary>
    public OracleAnswer Prediction(double[] scores, int label, OutputPolicy policy)
    {
        ReleasedPrediction released = policy.Apply(
            label < 0
                ? new RowPrediction(null, null, null, scores[0])
                : new RowPrediction(victim.Classes[label], victim.Classes, victim.HasScores ? scores : null, null),
            spread);
        double[]? shown = label < 0 ? [released.Value ?? Middle(released.Band!.Value)]
            : released.Probabilities is { } some ? [.. victim.Classes.Select(name => some.TryGetValue(name, out double p) ? p : double.NaN)]
            : null;
        return new OracleAnswer { Label = label, Scores = shown };
    }

    /// <summary>Attributions: as they are, or each level as the middle of what it stands for.</summary>
    public double[] Attribution(double[] values, OutputPolicy policy)
    {
        double[] shown = new double[values.Length];
        foreach (ReleasedAttribution one in policy.Apply(columns, values))
        {
            shown[Array.IndexOf(columns, one.Feature)] = KeptAnswer.NumberOf(one);
        }

        return shown;
    }

    // A thief takes the middle of a band, and the end of one that is open.
    private double Middle(ValueBand band) => band switch
    {
        { Low: double low, High: double high } => (low + high) / 2,
        { Low: double low } => low,
        { High: double high } => high,
        _ => spread is ValueSpread known ? (known.Low + known.High) / 2 : 0,
    };
}
