namespace Governance.Audit.Explanations.Sampling;

/// <summary>Samples coalitions of a game until a width or the budget is reached, and estimates its Shapley values.</summary>
public static class SampleCoalitions
{
    /// <summary>The first stage of a growing sample, in coalitions: fewer leave too little to judge a width by.</summary>
    private const int FirstStage = 128;

    /// <summary>Runs.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="budget">How much; at least <see cref="PairedCoalitions.LeastSamples"/>.</param>
    /// <param name="random">The row's seeded source.</param>
    /// <param name="empty">Shape [outputs]: the value of the empty coalition.</param>
    /// <param name="full">Shape [outputs]: the value of the full coalition.</param>
    /// <param name="game">Values coalitions, shape [coalitions, outputs]; asked for none twice, and never for those two.</param>
    /// <param name="cancellationToken">Ends the estimates; the game ends itself.</param>
    /// <remarks>
    /// A larger stage holds the coalitions of the smaller ones, so nothing is evaluated in vain. Looking at the width
    /// several times favours stages where it came out small by chance; the margin of <see cref="SampledShapley"/> covers
    /// that (measured in docs/sampled-explanations.md).
    /// </remarks>
    public static SampledRow Run(
        int players, SampleBudget budget, SeededRandom random, double[] empty, double[] full, Func<CoalitionSet, double[]> game,
        CancellationToken cancellationToken = default)
    {
        EvaluatedCoalitions evaluated = new(game, empty.Length);
        SampledAttribution? last = null;
        foreach (int samples in budget.Stages(Math.Max(FirstStage, (int)Math.Min(int.MaxValue, 2 * PairedCoalitions.LeastSamples(players)))))
        {
            PairedCoalitions design = PairedCoalitions.Draw(players, samples, random);
            double[] values = evaluated.Values(design.Coalitions);
            last = SampledShapley.Estimate(design, values, empty, full, cancellationToken);
            if (design.Enumerated || last.Width < budget.UntilWidth)
            {
                break;
            }
        }

        return new SampledRow(last!, evaluated.Count + 2, budget.UntilWidth is null || last!.Width < budget.UntilWidth);
    }
}
