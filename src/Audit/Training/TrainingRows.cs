namespace Governance.Audit.Training;

/// <summary>Rows to learn from: numeric features, and a weight for each row.</summary>
/// <remarks>
/// Features are rounded to <see cref="float"/> before anything is learned, because the exported graph reads floats: a
/// split between two values that are the same float could not be told apart later.
/// </remarks>
public sealed class TrainingRows
{
    /// <summary>Makes rows.</summary>
    /// <param name="names">Shape [features]: the names, distinct.</param>
    /// <param name="values">Shape [rows, features], row-major; NaN where missing, no infinities. Kept, not copied.</param>
    /// <param name="weights">Shape [rows], finite and not negative, not all zero; null for 1 each. Kept, not copied.</param>
    /// <exception cref="ArgumentException">The shapes or values are not of that kind.</exception>
    public TrainingRows(IReadOnlyList<string> names, float[] values, double[]? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(names.Count, nameof(names));
        if (values.Length == 0 || values.Length % names.Count != 0)
        {
            throw new ArgumentException($"Expected a multiple of {names.Count} values, and at least one row.", nameof(values));
        }

        if (Array.Exists(values, float.IsInfinity))
        {
            throw new ArgumentException("A feature is infinite.", nameof(values));
        }

        Names = names;
        Values = values;
        Count = values.Length / names.Count;
        Weights = weights ?? Enumerable.Repeat(1.0, Count).ToArray();
        if (Weights.Length != Count || Array.Exists(Weights, weight => !double.IsFinite(weight) || weight < 0) || Weights.Sum() <= 0)
        {
            throw new ArgumentException("Expected a finite weight for each row, none negative and not all zero.", nameof(weights));
        }
    }

    /// <summary>Shape [features].</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of features, at least 1.</summary>
    public int Features => Names.Count;

    /// <summary>The number of rows, at least 1.</summary>
    public int Count { get; }

    /// <summary>Shape [rows, features], row-major.</summary>
    public float[] Values { get; }

    /// <summary>Shape [rows].</summary>
    public double[] Weights { get; }

    /// <summary>Shape [features]: one row.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Features, Features);

    /// <summary>Shape [rows]: a copy of one feature.</summary>
    public float[] Column(int feature)
    {
        float[] column = new float[Count];
        for (int row = 0; row < column.Length; row++)
        {
            column[row] = Values[(row * Features) + feature];
        }

        return column;
    }

    /// <summary>The same features with only these rows, in this order.</summary>
    public TrainingRows Take(ReadOnlySpan<int> rows)
    {
        float[] values = new float[rows.Length * Features];
        double[] weights = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * Features));
            weights[i] = Weights[rows[i]];
        }

        return new TrainingRows(Names, values, weights);
    }

    /// <summary>Refuses targets that are not one finite number a row.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal void CheckTargets(ReadOnlySpan<double> targets)
    {
        if (targets.Length != Count)
        {
            throw new ArgumentException($"Expected {Count} targets, got {targets.Length}.", nameof(targets));
        }

        foreach (double target in targets)
        {
            if (!double.IsFinite(target))
            {
                throw new ArgumentException("A target is not a finite number.", nameof(targets));
            }
        }
    }

    /// <summary>Refuses targets that are not one class a row.</summary>
    /// <param name="targets">Shape [rows]: the class as 0, 1, … classes - 1.</param>
    /// <param name="classes">How many there are.</param>
    /// <returns>Shape [rows]: the classes.</returns>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal int[] CheckClasses(ReadOnlySpan<double> targets, int classes)
    {
        CheckTargets(targets);
        int[] codes = new int[targets.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = targets[row] == (int)targets[row] && targets[row] >= 0 && targets[row] < classes
                ? (int)targets[row]
                : throw new ArgumentException($"Expected targets 0 to {classes - 1}.", nameof(targets));
        }

        return codes;
    }
}
