namespace Governance.Audit.Copies;

/// <summary>The derivative of the loss that control models minimise, by their outputs.</summary>
internal static class LossGradient
{
    /// <summary>Fills the gradient of one row and returns its loss.</summary>
    /// <param name="scores">Shape [outputs]: log-odds, class scores, or the value.</param>
    /// <param name="target">The class by its index, or the value.</param>
    /// <param name="classes">How many classes; 0 for a regression.</param>
    /// <param name="gradient">Shape [outputs], overwritten.</param>
    /// <returns>Logistic or softmax loss in nats; half the squared error for a regression.</returns>
    public static double Fill(ReadOnlySpan<double> scores, double target, int classes, Span<double> gradient)
    {
        if (classes == 0)
        {
            gradient[0] = scores[0] - target;
            return gradient[0] * gradient[0] / 2;
        }

        if (classes == 2)
        {
            double p = 1 / (1 + Math.Exp(-scores[0]));
            gradient[0] = p - target;
            return -Math.Log(Math.Max(1e-12, target > 0.5 ? p : 1 - p));
        }

        double largest = scores[0];
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            sum += gradient[i] = Math.Exp(scores[i] - largest);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            gradient[i] /= sum;
        }

        double loss = -Math.Log(Math.Max(1e-12, gradient[(int)target]));
        gradient[(int)target] -= 1;
        return loss;
    }

    /// <summary>The scores of rows as a table: log-odds, centred log probabilities, or values.</summary>
    public static ScoreTable Table(double[] scores, int outputs, int classes)
    {
        if (classes == 0)
        {
            return new ScoreTable(scores, 1, []);
        }

        int width = classes == 2 ? 2 : outputs;
        double[] probabilities = new double[scores.Length / outputs * width];
        double[] row = new double[outputs];
        for (int i = 0; i < scores.Length / outputs; i++)
        {
            ReadOnlySpan<double> own = scores.AsSpan(i * outputs, outputs);
            if (classes == 2)
            {
                probabilities[(2 * i) + 1] = 1 / (1 + Math.Exp(-own[0]));
                probabilities[2 * i] = 1 - probabilities[(2 * i) + 1];
                continue;
            }

            Fill(own, 0, classes, row);
            row[0] += 1; // the gradient against class 0 is its probability less 1
            row.CopyTo(probabilities.AsSpan(i * width, width));
        }

        return ScoreTable.OfProbabilities(probabilities, width);
    }
}
