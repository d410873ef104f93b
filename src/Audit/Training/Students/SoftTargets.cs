namespace Governance.Audit.Training.Students;

/// <summary>A model's answers as rows to learn from: each class that an answer leaves possible once, weighted by its share.</summary>
/// <remarks>
/// Cross-entropy with soft targets (Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015): so every
/// trainer of weighted rows learns from probabilities, whole or rounded, and from labels alike.
/// </remarks>
/// <param name="Rows">The rows.</param>
/// <param name="Targets">Shape [rows]: the class, or the value.</param>
internal sealed record SoftTargets(TrainingRows Rows, double[] Targets)
{
    // What an answer gives a class less than this teaches nothing.
    private const double Least = 1e-6;

    /// <summary>Prepares answers.</summary>
    /// <param name="names">Shape [features].</param>
    /// <param name="rows">Shape [rows][features], at least one row.</param>
    /// <param name="answers">Shape [rows][classes]: shares that add up to 1; or [rows][1]: values.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static SoftTargets Of(IReadOnlyList<string> names, IReadOnlyList<float[]> rows, IReadOnlyList<double[]> answers)
    {
        List<float> values = [];
        List<double> targets = [];
        List<double> weights = [];
        for (int row = 0; row < rows.Count; row++)
        {
            double[] answer = answers[row];
            for (int k = 0; k < answer.Length; k++)
            {
                if (answer.Length == 1 || answer[k] > Least)
                {
                    values.AddRange(rows[row]);
                    targets.Add(answer.Length == 1 ? answer[0] : k);
                    weights.Add(answer.Length == 1 ? 1 : answer[k]);
                }
            }
        }

        return new SoftTargets(new TrainingRows(names, [.. values], [.. weights]), [.. targets]);
    }
}
