namespace Governance.Audit.Performance;

/// <summary>Binary labels, predictions, scores and weights of the same rows, one array each.</summary>
public sealed class BinaryDecisions
{
    private readonly sbyte[] label;
    private readonly sbyte[] prediction;
    private readonly double[] score;
    private readonly double[] weight;

    /// <summary>Makes the columns of a decision.</summary>
    /// <param name="positive">The class that TPR, FPR, PPV and scores refer to.</param>
    /// <param name="favourable">The outcome that a person wants.</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known. Kept, not copied.</param>
    /// <param name="prediction">Shape [rows]: 1 positive, 0 negative. Kept, not copied.</param>
    /// <param name="score">Shape [rows], higher is more positive, NaN for none; or null. Kept, not copied.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; null for 1 each. Kept, not copied.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is outside its range.</exception>
    public BinaryDecisions(
        string positive, string favourable, sbyte[] label, sbyte[] prediction, double[]? score, double[]? weight)
    {
        if (prediction.Length != label.Length || (score ?? []).Length is var s && s != 0 && s != label.Length
            || (weight ?? []).Length is var w && w != 0 && w != label.Length)
        {
            throw new ArgumentException("Labels, predictions, scores and weights need equally many rows.", nameof(prediction));
        }

        if (label.AsSpan().ContainsAnyExceptInRange((sbyte)-1, (sbyte)1) || prediction.AsSpan().ContainsAnyExceptInRange((sbyte)0, (sbyte)1))
        {
            throw new ArgumentException("A label is 1, 0 or -1, a prediction 1 or 0.", nameof(label));
        }

        if (weight is not null && Array.Exists(weight, value => !(value >= 0 && double.IsFinite(value))))
        {
            throw new ArgumentException("A weight is finite and at least 0.", nameof(weight));
        }

        Positive = positive;
        Favourable = favourable;
        this.label = label;
        this.prediction = prediction;
        this.score = score ?? [];
        this.weight = weight ?? [];
    }

    /// <summary>The class that TPR, FPR, PPV and scores refer to.</summary>
    public string Positive { get; }

    /// <summary>The outcome that a person wants.</summary>
    public string Favourable { get; }

    /// <summary>What the other class is called; by default "not " and the positive class.</summary>
    public string Negative { get => field ?? $"not {Positive}"; init; }

    /// <summary>Whether the wanted outcome is the positive class; else it is the negative one.</summary>
    public bool FavourableIsPositive => Favourable == Positive;

    /// <summary>The number of rows.</summary>
    public int Rows => label.Length;

    /// <summary>Shape [rows]: 1 positive, 0 negative, -1 not known.</summary>
    public ReadOnlySpan<sbyte> Label => label;

    /// <summary>Shape [rows]: 1 positive, 0 negative.</summary>
    public ReadOnlySpan<sbyte> Prediction => prediction;

    /// <summary>Shape [rows], NaN for none; empty without scores.</summary>
    public ReadOnlySpan<double> Score => score;

    /// <summary>Shape [rows]; empty where every row counts 1.</summary>
    public ReadOnlySpan<double> Weight => weight;

    /// <summary>The same columns with only these rows, in this order.</summary>
    /// <param name="rows">Each in [0, <see cref="Rows"/>).</param>
    public BinaryDecisions Take(ReadOnlySpan<int> rows) => new(
        Positive, Favourable, Take(label, rows), Take(prediction, rows),
        score.Length == 0 ? null : Take(score, rows), weight.Length == 0 ? null : Take(weight, rows))
    {
        Negative = Negative,
    };

    private static T[] Take<T>(T[] values, ReadOnlySpan<int> rows)
    {
        T[] taken = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return taken;
    }
}
