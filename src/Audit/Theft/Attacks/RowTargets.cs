using Governance.Audit.Training.Students;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Taken answers as soft targets: labels alone are taken as certain, and what is held back is shared out.</summary>
internal static class RowTargets
{
    /// <summary>Prepares answers.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static SoftTargets Of(TakenAnswers taken)
    {
        int classes = taken.Oracle.Classes;
        return SoftTargets.Of(taken.Oracle.Space.Names, taken.Rows, [.. taken.Answers.Select(answer => classes == 1 ? answer.Scores! : Shares(answer, classes))]);
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
