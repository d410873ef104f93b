using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Sampling;

/// <summary><c>--method kernel</c>: Shapley values from sampled coalitions by <see cref="SampledShapley"/>, with intervals.</summary>
internal sealed class KernelMethod : IAttributionMethod
{
    // A growing sample is estimated after each stage; the stages before the last cost about as much as the last.
    private const double StagedFits = 2;
    private const int MostTimed = 256;

    public string Name => ExplanationMethods.Kernel;

    public MethodSupport Supports(AttributionTask task)
    {
        int players = task.Players.Count;
        long least = PairedCoalitions.LeastSamples(players);
        int samples = Budget(task).Samples;
        return samples < least ? MethodSupport.No($"{players} players need at least {least} samples; {samples} were given.")
            : task.Request.Interactions ? MethodSupport.No("The method 'kernel' gives no interactions; 'exact' does, for at most 20 players.")
            : MethodSupport.Yes($"At most {samples:N0} coalitions of {players} players are sampled.");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        int players = task.Players.Count;
        SampleBudget budget = Budget(task);
        int played = SampledCost.Played(task, budget, SampleCoalitions.Run, 2 * PairedCoalitions.LeastSamples(players), cancellationToken);
        CostEstimate games = SampledCost.Of(
            task, played, samples => PairedCoalitions.Draw(players, samples, new SeededRandom(task.Request.Seed, 0)).Coalitions, cancellationToken);
        double fits = task.Rows.Rows * FitSeconds(task, played, cancellationToken) * (budget.UntilWidth is null ? 1 : StagedFits);
        return games with { Seconds = games.Seconds + (fits / Math.Min(task.Rows.Rows, ModelPace.Cores(task.Request.Threads))) };
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken) =>
        SampledRows.Run(task, Budget(task), SampleCoalitions.Run, progress, cancellationToken);

    private static SampleBudget Budget(AttributionTask task) =>
        SampledRows.Budget(task, ExplanationMethods.DefaultSamples(task.Players.Count));

    // What the estimate of one row takes beside the model: timed on a bent game, once for the compiler and once for the clock. Of many
    // players it would take as long as explaining: a smaller game is timed, and time grows with the matrix and with the pairs.
    private static double FitSeconds(AttributionTask task, int played, CancellationToken cancellationToken)
    {
        int players = Math.Min(task.Players.Count, MostTimed);
        int samples = (int)Math.Clamp(played, PairedCoalitions.LeastSamples(players), task.Players.Count > players ? ExplanationMethods.DefaultSamples(players) : played);
        double larger = (double)task.Players.Count / players;
        double seconds = 0;
        foreach (int budget in (ReadOnlySpan<int>)[(int)Math.Min(samples, 2 * PairedCoalitions.LeastSamples(players)), samples])
        {
            PairedCoalitions design = PairedCoalitions.Draw(players, budget, new SeededRandom(task.Request.Seed, 0));
            double[] values = new double[design.Coalitions.Count * task.Request.Outputs];
            for (int i = 0; i < values.Length; i++)
            {
                int size = design.Coalitions.Size(i / task.Request.Outputs);
                values[i] = Math.Sqrt(size + (design.Coalitions.Contains(i / task.Request.Outputs, 0) ? 2 : 0));
            }

            double[] ends = new double[task.Request.Outputs];
            long started = task.Time.GetTimestamp();
            SampledShapley.Estimate(design, values, ends, [.. ends.Select(_ => Math.Sqrt(players + 2))], cancellationToken);
            seconds = task.Time.GetElapsedTime(started).TotalSeconds;
        }

        return seconds * larger * larger * played / samples;
    }
}
