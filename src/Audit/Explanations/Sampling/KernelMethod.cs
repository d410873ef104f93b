using System.Diagnostics;
using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Sampling;

/// <summary><c>--method kernel</c>: Shapley values by regression on sampled coalitions, with standard errors.</summary>
internal sealed class KernelMethod : IAttributionMethod
{
    public string Name => ExplanationMethods.Kernel;

    public MethodSupport Supports(AttributionTask task)
    {
        int players = task.Players.Count;
        long least = PairedCoalitions.LeastSamples(players);
        int budget = Budget(task);
        return budget < least ? MethodSupport.No($"{players} players need at least {least} samples; {budget} were given.")
            : task.Request.Interactions ? MethodSupport.No("The method 'kernel' gives no interactions; 'exact' does, for at most 20 players.")
            : MethodSupport.Yes($"At most {budget:N0} coalitions of {players} players are sampled.");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        double rows = (double)task.Rows.Rows * ((task.Background.Rows.Rows * (double)Budget(task)) + 1);
        return new CostEstimate((long)rows, task.Pace(cancellationToken).Seconds(rows, task.Request.Threads));
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] baseValue = task.BaseValue(cancellationToken);
        long evaluations = 0;
        ExplainedRow[] rows = RowByRow.Run(task, (row, threads, token) =>
        {
            MaskedGame game = task.Game(row, token);
            PairedCoalitions design = PairedCoalitions.Draw(
                task.Players.Count, Budget(task), new SeededRandom(task.Request.Seed, task.RowIndex(row)));
            double[] values = game.Value(design.Coalitions, threads, token);
            double[] attribution = new double[baseValue.Length * task.Players.Count];
            double[] errors = new double[attribution.Length];
            KernelFit fit = KernelShapley.Estimate(design, values, baseValue, game.Full.Span, attribution, errors);
            Interlocked.Add(ref evaluations, design.Coalitions.Count + 2);

            // All coalitions of size 1 are always there, and they alone give the regression full rank.
            return fit == KernelFit.Singular
                ? throw new UnreachableException("The paired design lost its rank.")
                : new RowAttribution
                {
                    Prediction = game.Full.ToArray(),
                    Values = attribution,
                    StandardErrors = fit == KernelFit.Estimated ? errors : null,
                    Quantile = fit == KernelFit.Estimated ? design.Quantile(0.975) : 0,
                }.ToRow(task, row, baseValue);
        }, progress, cancellationToken);
        return new AttributionResult { Rows = rows, BaseValue = baseValue, Evaluations = evaluations };
    }

    private static int Budget(AttributionTask task) =>
        task.Request.Samples ?? ExplanationMethods.DefaultSamples(task.Players.Count);
}
