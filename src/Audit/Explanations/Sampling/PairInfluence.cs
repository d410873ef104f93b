namespace Governance.Audit.Explanations.Sampling;

/// <summary>What the odd part u(S) of a drawn pair adds to each Shapley value when the sample stands for all pairs.</summary>
/// <remarks>
/// A value is a sum over all pairs of 2 (s - 1)! (M - s)! / M! · u(S) for the members of S, and of -2 s! (M - s - 1)! / M! · u(S)
/// for the others (s = |S|, the definition by marginal contributions with both halves of a pair taken together). Over
/// the probability of being drawn, these become 2 W (M - s) and -2 W s with the pair's weight W: no factorial is left.
/// </remarks>
/// <param name="Member">For the players in S.</param>
/// <param name="Other">For the players outside S.</param>
/// <param name="SumOfSquares">Over all players.</param>
internal readonly record struct PairInfluence(double Member, double Other, double SumOfSquares)
{
    /// <summary>The influence of a pair of a design.</summary>
    public static PairInfluence Of(PairedCoalitions design, int pair)
    {
        double players = design.Coalitions.Players;
        double size = design.Coalitions.Size(2 * pair);
        double scale = 2 * design.Weights[pair];
        return new PairInfluence(scale * (players - size), -scale * size, scale * scale * size * (players - size) * players);
    }
}
