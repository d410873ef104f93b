namespace Governance.Audit.Training;

/// <summary>The logistic function σ(z) = 1 / (1 + e^-z) and its loss, without overflow at either end.</summary>
internal static class LogisticFunction
{
    /// <summary>σ(z), in [0, 1].</summary>
    public static double At(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>-ln P(target) in nats, for a target of 0 or 1 (or a share between) at log-odds z.</summary>
    public static double Loss(double z, double target) => Math.Max(z, 0) - (z * target) + Math.Log(1 + Math.Exp(-Math.Abs(z)));

    /// <summary>Turns logits into probabilities in place, stable for any size.</summary>
    public static void Softmax(Span<double> logits)
    {
        double largest = double.NegativeInfinity;
        foreach (double logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        double sum = 0;
        foreach (ref double logit in logits)
        {
            logit = Math.Exp(logit - largest);
            sum += logit;
        }

        foreach (ref double logit in logits)
        {
            logit /= sum;
        }
    }
}
