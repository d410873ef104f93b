namespace Governance.Audit.Performance;

/// <summary>How far the probabilities of several classes lie from what happened, row by row.</summary>
internal static class ClassLoss
{
    /// <summary>−ln of the true class's probability in nats, probabilities kept 1e-15 from 0 and 1 and divided by their sum.</summary>
    /// <param name="probability">Shape [classes][rows].</param>
    /// <param name="row">The row.</param>
    /// <param name="label">Its class.</param>
    public static double Log(double[][] probability, int row, int label)
    {
        double sum = 0;
        foreach (double[] column in probability)
        {
            sum += Math.Clamp(column[row], ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip);
        }

        return -Math.Log(Math.Clamp(probability[label][row], ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip) / sum);
    }

    /// <summary>The squared distance summed over the classes, in [0, 2] (Brier 1950).</summary>
    /// <param name="probability">Shape [classes][rows].</param>
    /// <param name="row">The row.</param>
    /// <param name="label">Its class.</param>
    public static double Brier(double[][] probability, int row, int label)
    {
        double sum = 0;
        for (int k = 0; k < probability.Length; k++)
        {
            double distance = probability[k][row] - (label == k ? 1 : 0);
            sum += distance * distance;
        }

        return sum;
    }
}
