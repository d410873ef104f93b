namespace Governance.Audit.Training.Networks;

/// <summary>Moves the parameters of a network against their gradient (Kingma and Ba, "Adam", ICLR 2015, algorithm 1; β 0.9 and 0.999).</summary>
/// <param name="network">Whose values are moved.</param>
/// <param name="rate">The size of a step, over 0.</param>
internal sealed class AdamSteps(NetworkParameters network, double rate)
{
    private const double First = 0.9;
    private const double Second = 0.999;

    private readonly double[] momentum = new double[network.Values.Length];
    private readonly double[] power = new double[network.Values.Length];
    private long step;

    /// <summary>Takes a step by the gradient as it is.</summary>
    public void Move()
    {
        step++;
        double firstBias = 1 - Math.Pow(First, step);
        double secondBias = 1 - Math.Pow(Second, step);
        for (int i = 0; i < momentum.Length; i++)
        {
            double gradient = network.Gradient[i];
            momentum[i] = (First * momentum[i]) + ((1 - First) * gradient);
            power[i] = (Second * power[i]) + ((1 - Second) * gradient * gradient);
            network.Values[i] -= rate * (momentum[i] / firstBias) / (Math.Sqrt(power[i] / secondBias) + 1e-8);
        }
    }
}
