using Governance.Audit.Training;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Taken answers as rows to learn from: each class that an answer leaves possible once, weighted by its probability.</summary>
/// <remarks>
/// Cross entropy with soft targets, Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015: so every
/// trainer of weighted rows learns from probabilities, whole or rounded, and from labels alike.
/// </remarks>
/// <param name="Rows">The rows.</param>
/// <param name="Targets">Shape [rows]: the class, or the value.</param>
internal sealed record RowTargets(TrainingRows Rows, double[] Targets)
{
    // What an answer gives a class less than this teaches nothing.
    private const double Least = 1e-6;

    /// <summary>Prepares answers.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static RowTargets Of(TakenAnswers taken)
    {
        QuerySpace space = taken.Oracle.Space;
        List<float> values = [];
        List<double> targets = [];
        List<double> weights = [];
        for (int row = 0; row < taken.Count; row++)
        {
            double[] shares = taken.Oracle.Classes == 1 ? [] : Shares(taken.Answers[row], taken.Oracle.Classes);
            foreach ((double target, double weight) in shares.Length == 0
                ? [(taken.Answers[row].Scores![0], 1.0)]
                : shares.Select((share, k) => ((double)k, share)).Where(pair => pair.share > Least))
            {
                values.AddRange(taken.Rows[row]);
                targets.Add(target);
                weights.Add(weight);
            }
        }

        return new RowTargets(new TrainingRows(space.Names, [.. values], [.. weights]), [.. targets]);
    }

    /// <summary>The probability of each class as far as an answer tells; the label alone is taken as certain.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="classes">At least 2.</param>
    /// <returns>Shape [classes], adding up to 1.</returns>
    public static double[] Shares(OracleAnswer answer, int classes)
    {
        double[] shares = new double[classes];
        if (answer.Scores is not double[] scores)
        {
            shares[answer.Label] = 1;
            return shares;
        }

        double shown = scores.Where(double.IsFinite).Sum();
        int hidden = scores.Count(double.IsNaN);
        double total = 0;
        for (int k = 0; k < classes; k++)
        {
            shares[k] = double.IsNaN(scores[k]) ? Math.Max(0, 1 - shown) / hidden : Math.Max(0, scores[k]);
            total += shares[k];
        }

        if (total <= 0)
        {
            shares[answer.Label] = total = 1;
        }

        for (int k = 0; k < classes; k++)
        {
            shares[k] /= total;
        }

        return shares;
    }
}
