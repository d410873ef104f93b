namespace Governance.Audit.Explanations.Methods;

/// <summary><c>--method exact</c>: Shapley values from the model's output on every coalition.</summary>
internal sealed class ExactMethod : IAttributionMethod
{
    public string Name => ExplanationMethods.Exact;

    public MethodSupport Supports(AttributionTask task)
    {
        int players = task.Players.Count;
        return players > ExactShapley.MaxPlayers
            ? MethodSupport.No($"The method 'exact' takes at most {ExactShapley.MaxPlayers} players and there are {players}: group features or take 'kernel'.")
            : MethodSupport.Yes($"All {1 << players:N0} coalitions of {players} players are evaluated, so nothing is sampled.");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        double rows = (double)task.Rows.Rows * ((task.Background.Rows.Rows * (double)(1 << task.Players.Count)) + 1);
        return new CostEstimate((long)rows, task.Pace(cancellationToken).Seconds(rows, task.Request.Threads));
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] baseValue = task.BaseValue(cancellationToken);
        int players = task.Players.Count;
        ExplainedRow[] rows = RowByRow.Run(task, (row, threads, token) =>
        {
            MaskedGame game = task.Game(row, token);
            double[] values = game.Value(CoalitionSet.All(players), threads, token);
            double[] attribution = new double[baseValue.Length * players];
            ExactShapley.Compute(values, baseValue.Length, attribution);
            return new RowAttribution { Prediction = game.Full.ToArray(), Values = attribution }.ToRow(task, row, baseValue);
        }, progress, cancellationToken);
        return new AttributionResult { Rows = rows, BaseValue = baseValue, Evaluations = rows.Length * (1L << players) };
    }
}
