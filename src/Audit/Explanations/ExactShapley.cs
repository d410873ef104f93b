using System.Numerics;

namespace Governance.Audit.Explanations;

/// <summary>Exact Shapley values from the model's output on every coalition of players.</summary>
/// <remarks>
/// Time O(K * M * 2^M) for M players and K outputs; meant for M up to <see cref="MaxPlayers"/> and as the reference
/// the sampling explainers are tested against. Source: Lundberg and Lee, "A Unified Approach to Interpreting Model
/// Predictions", NeurIPS 2017, equation 4. A NaN among the values makes every attribution of that output NaN.
/// </remarks>
public static class ExactShapley
{
    /// <summary>The most players accepted: 2^20 values, 8 MiB of doubles an output.</summary>
    public const int MaxPlayers = 20;

    /// <summary>Splits one output on the full coalition among the players.</summary>
    /// <param name="values">
    /// Shape [2^M], in the model's output unit. Entry s is the expected output when exactly the players whose bits
    /// are set in s are known; entry 0 is the base value.
    /// </param>
    /// <param name="attribution">
    /// Shape [M], overwritten, in the same unit. Its sum is <c>values[^1] - values[0]</c> up to rounding.
    /// </param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Compute(ReadOnlySpan<double> values, Span<double> attribution) =>
        Compute(values, 1, attribution);

    /// <summary>Splits several outputs at once.</summary>
    /// <param name="values">Shape [2^M, outputs], row-major.</param>
    /// <param name="outputs">The number of outputs K, at least 1.</param>
    /// <param name="attribution">Shape [outputs, M], overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Compute(ReadOnlySpan<double> values, int outputs, Span<double> attribution)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        int players = attribution.Length / outputs;
        if (players < 1 || players * outputs != attribution.Length)
        {
            throw new ArgumentException($"{attribution.Length} places do not fit {outputs} outputs.", nameof(attribution));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(players, MaxPlayers, nameof(attribution));
        if (values.Length != (long)outputs << players)
        {
            throw new ArgumentException($"Expected 2^{players} x {outputs} values, got {values.Length}.", nameof(values));
        }

        Span<double> weight = stackalloc double[MaxPlayers];
        FillWeights(weight[..players]);

        attribution.Clear();
        for (int player = 0; player < players; player++)
        {
            int bit = 1 << player;
            for (int block = 0; block < 1 << players; block += 2 * bit)
            {
                for (int known = block; known < block + bit; known++)
                {
                    double share = weight[BitOperations.PopCount((uint)known)];
                    int with = (known | bit) * outputs;
                    int without = known * outputs;
                    for (int output = 0; output < outputs; output++)
                    {
                        attribution[(output * players) + player] += share * (values[with + output] - values[without + output]);
                    }
                }
            }
        }
    }

    /// <summary>s! (M - s - 1)! / M! for s = 0 … M - 1: the share of orders in which a given set of size s comes just before a player.</summary>
    /// <param name="players">At least 1.</param>
    public static double[] Weights(int players)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 1);
        double[] weights = new double[players];
        FillWeights(weights);
        return weights;
    }

    // weight[s] = s! (M - s - 1)! / M!, by its ratio s / (M - s) so that no factorial overflows.
    private static void FillWeights(Span<double> weight)
    {
        for (int size = 0; size < weight.Length; size++)
        {
            weight[size] = size == 0
                ? 1.0 / weight.Length
                : weight[size - 1] * size / (weight.Length - size);
        }
    }
}
