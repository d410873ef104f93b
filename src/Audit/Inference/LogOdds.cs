namespace Governance.Audit.Inference;

/// <summary>The log-odds of each class, from the values before a model's last sigmoid or softmax or from probabilities.</summary>
internal static class LogOdds
{
    /// <summary>Probabilities nearer than this to 0 or 1 are taken as this far away: log-odds of ±16.1.</summary>
    public const double Clamp = 1e-7;

    /// <summary>Log-odds of the output's columns.</summary>
    /// <param name="values">Shape [rows, width], row-major: the values at the cut.</param>
    /// <param name="width">Columns at the cut.</param>
    /// <param name="form">How they become probabilities.</param>
    /// <returns>Shape [rows, width], or [rows, 2] for <see cref="LogitForm.Complement"/>: ln(p / (1 - p)).</returns>
    public static double[] OfCut(double[] values, int width, LogitForm form)
    {
        switch (form)
        {
            case LogitForm.Independent:
                return values;
            case LogitForm.Complement:
                double[] both = new double[values.Length * 2];
                for (int row = 0; row < values.Length; row++)
                {
                    both[2 * row] = -values[row];
                    both[(2 * row) + 1] = values[row];
                }

                return both;
            case LogitForm.NormalizedLogistic:
                return Normalized([.. values.Select(LogLogistic)], width);
            default:
                return Normalized(values, width);
        }
    }

    /// <summary>Log-odds of probabilities, clamped at <see cref="Clamp"/>.</summary>
    /// <param name="probabilities">Any shape; NaN stays NaN.</param>
    public static double[] OfProbability(ReadOnlySpan<double> probabilities)
    {
        double[] odds = new double[probabilities.Length];
        for (int i = 0; i < odds.Length; i++)
        {
            double p = Math.Clamp(probabilities[i], Clamp, 1 - Clamp);
            odds[i] = Math.Log(p / (1 - p));
        }

        return odds;
    }

    // For p = exp(l_k) / Σ exp(l_j): ln(p / (1 - p)) = l_k - ln Σ_{j≠k} exp(l_j), summed without the k-th term, because
    // subtracting it from the whole would cancel for a sure class.
    private static double[] Normalized(double[] logs, int width)
    {
        if (width == 1)
        {
            return logs;
        }

        double[] odds = new double[logs.Length];
        for (int row = 0; row < logs.Length; row += width)
        {
            for (int k = row; k < row + width; k++)
            {
                double largest = double.NegativeInfinity;
                for (int j = row; j < row + width; j++)
                {
                    largest = j == k ? largest : Math.Max(largest, logs[j]);
                }

                double sum = 0;
                for (int j = row; j < row + width; j++)
                {
                    sum += j == k ? 0 : Math.Exp(logs[j] - largest);
                }

                odds[k] = logs[k] - largest - Math.Log(sum);
            }
        }

        return odds;
    }

    private static double LogLogistic(double value) =>
        value < 0 ? value - Math.Log(1 + Math.Exp(value)) : -Math.Log(1 + Math.Exp(-value));
}
