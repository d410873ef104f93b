using System.Numerics;

namespace Governance.Audit.Explanations.Interactions;

/// <summary>The Shapley interaction index of order 2 from the model's output on every coalition of players.</summary>
/// <remarks>
/// I_ij = Σ over S without i and j of |S|! (M - |S| - 2)! / (M - 1)! (v(S ∪ ij) - v(S ∪ i) - v(S ∪ j) + v(S)), in full,
/// not halved. Time O(K M² 2^M) for M players and K outputs. Source: Grabisch and Roubens, "An axiomatic approach to the
/// concept of interaction among players in cooperative games", International Journal of Game Theory 28, 1999, equation 3.
/// </remarks>
public static class PairInteractions
{
    /// <summary>Adds the interactions of a game among some of the players.</summary>
    /// <param name="values">Shape [2^some, outputs], row-major: the game among them.</param>
    /// <param name="outputs">At least 1.</param>
    /// <param name="some">The players of the game, each in 0 … <paramref name="players"/> - 1.</param>
    /// <param name="players">The number of all players; the others are dummies and interact with nobody.</param>
    /// <param name="interactions">Shape [outputs, players, players], added to; symmetric, the diagonal untouched.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Add(ReadOnlySpan<double> values, int outputs, ReadOnlySpan<int> some, int players, Span<double> interactions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(some.Length, ExactShapley.MaxPlayers, nameof(some));
        if (values.Length != (long)outputs << some.Length)
        {
            throw new ArgumentException($"Expected 2^{some.Length} x {outputs} values, got {values.Length}.", nameof(values));
        }

        if (interactions.Length != outputs * players * players)
        {
            throw new ArgumentException($"Expected {outputs} x {players} x {players} places.", nameof(interactions));
        }

        if (some.Length < 2)
        {
            return;
        }

        Span<double> weight = stackalloc double[ExactShapley.MaxPlayers];
        FillWeights(weight[..(some.Length - 1)]);
        for (int i = 0; i < some.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    double index = Index(values, outputs, output, 1 << i, 1 << j, weight);
                    Span<double> table = interactions.Slice(output * players * players, players * players);
                    table[(some[i] * players) + some[j]] += index;
                    table[(some[j] * players) + some[i]] += index;
                }
            }
        }
    }

    private static double Index(ReadOnlySpan<double> values, int outputs, int output, int i, int j, ReadOnlySpan<double> weight)
    {
        double sum = 0;
        int all = values.Length / outputs;
        for (int s = 0; s < all; s++)
        {
            if ((s & (i | j)) == 0)
            {
                double change = values[((s | i | j) * outputs) + output] - values[((s | i) * outputs) + output]
                    - values[((s | j) * outputs) + output] + values[(s * outputs) + output];
                sum += weight[BitOperations.PopCount((uint)s)] * change;
            }
        }

        return sum;
    }

    // weight[s] = s! (M - s - 2)! / (M - 1)!, by its ratio so that no factorial overflows; M - 1 weights.
    private static void FillWeights(Span<double> weight)
    {
        for (int size = 0; size < weight.Length; size++)
        {
            weight[size] = size == 0 ? 1.0 / weight.Length : weight[size - 1] * size / (weight.Length - size);
        }
    }
}
