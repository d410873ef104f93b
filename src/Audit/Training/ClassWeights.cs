namespace Governance.Audit.Training;

/// <summary>Weights that make some classes count for more, so that a rare one is not drowned.</summary>
public static class ClassWeights
{
    /// <summary>Weights with which each class has the same total weight, and all rows the total that they had.</summary>
    /// <remarks>King and Zeng, "Logistic regression in rare events data", Political Analysis 9 (2001) 137–163; scikit-learn's "balanced".</remarks>
    /// <param name="rows">The rows with their own weights.</param>
    /// <param name="targets">Shape [rows]: the class as 0, 1, … classes - 1.</param>
    /// <param name="classes">At least 1.</param>
    /// <returns>Shape [classes]; 0 for a class without weight.</returns>
    /// <exception cref="ArgumentException">A target is no class.</exception>
    public static double[] Balanced(TrainingRows rows, ReadOnlySpan<double> targets, int classes)
    {
        int[] codes = rows.CheckClasses(targets, classes);
        double[] mass = new double[classes];
        for (int row = 0; row < codes.Length; row++)
        {
            mass[codes[row]] += rows.Weights[row];
        }

        double each = mass.Sum() / mass.Count(value => value > 0);
        return [.. mass.Select(value => value > 0 ? each / value : 0)];
    }

    /// <summary>The same rows, each weight multiplied by its class's. Every trainer here takes weighted rows.</summary>
    /// <param name="rows">The rows with their own weights.</param>
    /// <param name="targets">Shape [rows]: the class as 0, 1, ….</param>
    /// <param name="weights">Shape [classes], finite and not negative.</param>
    /// <exception cref="ArgumentException">A target is no class, or no row is left with a weight.</exception>
    public static TrainingRows Apply(TrainingRows rows, ReadOnlySpan<double> targets, IReadOnlyList<double> weights)
    {
        int[] codes = rows.CheckClasses(targets, weights.Count);
        return new TrainingRows(rows.Names, rows.Values, [.. codes.Select((code, row) => rows.Weights[row] * weights[code])]);
    }
}
