using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Sampling;

/// <summary><c>--method permutation</c>: Shapley values over random orders and their reverses, with intervals.</summary>
internal sealed class PermutationMethod : IAttributionMethod
{
    /// <summary>Pairs of orders that the usual budget has room for, however many players there are.</summary>
    private const int UsualPairs = 24;

    public string Name => ExplanationMethods.Permutation;

    public MethodSupport Supports(AttributionTask task)
    {
        int players = task.Players.Count;
        long least = PermutationShapley.Samples(players, 1);
        int samples = Budget(task).Samples;
        return samples < least ? MethodSupport.No($"An order of {players} players and its reverse need {least} samples; {samples} were given.")
            : task.Request.Interactions ? MethodSupport.No("The method 'permutation' gives no interactions; 'exact' does, for at most 20 players.")
            : MethodSupport.Yes($"Random orders of {players} players, each with its reverse, take at most {samples:N0} coalitions.");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        int players = task.Players.Count;
        int played = SampledCost.Played(task, Budget(task), PermutationShapley.Run, PermutationShapley.Samples(players, 4), cancellationToken);
        return SampledCost.Of(
            task, played, samples => PermutationShapley.Coalitions(players, samples, new SeededRandom(task.Request.Seed, 0)), cancellationToken);
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken) =>
        SampledRows.Run(task, Budget(task), PermutationShapley.Run, progress, cancellationToken);

    private static SampleBudget Budget(AttributionTask task)
    {
        int players = task.Players.Count;
        return SampledRows.Budget(task, (int)Math.Max(ExplanationMethods.DefaultSamples(players), PermutationShapley.Samples(players, UsualPairs)));
    }
}
