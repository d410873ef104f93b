namespace Governance.Audit.Training.Networks;

/// <summary>What a hidden unit makes of its sum.</summary>
internal enum NetworkActivation
{
    /// <summary>max(0, ·).</summary>
    Rectified,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(−·)).</summary>
    Sigmoid,
}

/// <summary>Values and slopes of hidden units.</summary>
internal static class NetworkActivations
{
    /// <summary>What a unit gives for its sum.</summary>
    public static double Of(this NetworkActivation activation, double sum) => activation switch
    {
        NetworkActivation.Rectified => Math.Max(0, sum),
        NetworkActivation.Tanh => Math.Tanh(sum),
        NetworkActivation.Sigmoid => LogisticFunction.At(sum),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    /// <summary>The derivative by the sum, from what the unit gave; of a rectified unit at its corner 0.</summary>
    public static double Slope(this NetworkActivation activation, double given) => activation switch
    {
        NetworkActivation.Rectified => given > 0 ? 1 : 0,
        NetworkActivation.Tanh => 1 - (given * given),
        NetworkActivation.Sigmoid => given * (1 - given),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };
}
