using System.Collections.Concurrent;
using Governance.Audit.Explanations.Interactions;

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

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken) =>
        GameCost.OfEnumeration(task, cancellationToken);

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] baseValue = task.BaseValue(cancellationToken);
        double[] backgroundScores = task.BackgroundScores(cancellationToken);
        ConcurrentBag<EnumeratedGame> idle = [];
        ExplainedRow[] rows = RowByRow.Run(task, (row, threads, token) =>
        {
            EnumeratedGame game = idle.TryTake(out EnumeratedGame? used)
                ? used
                : new EnumeratedGame(task.Background, task.Model, backgroundScores, baseValue.Length);
            RowAttribution attribution = Explain(task, game, row, threads, token);
            idle.Add(game);
            return attribution.ToRow(task, row, baseValue);
        }, progress, cancellationToken);
        return new AttributionResult { Rows = rows, BaseValue = baseValue, Evaluations = rows.Length * (1L << task.Players.Count) };
    }

    private static RowAttribution Explain(AttributionTask task, EnumeratedGame game, int row, int threads, CancellationToken cancellationToken)
    {
        int players = task.Players.Count;
        int outputs = task.Request.Outputs;
        double[] full = task.Prediction(row, cancellationToken);
        double[] values = new double[outputs * players];
        double[] part = new double[values.Length];
        double[]? interactions = task.Request.Interactions ? new double[values.Length * players] : null;
        if (task.Transport(cancellationToken).Fused is null)
        {
            game.Run(task.Rows.Slice(row, 1), full, threads, Add, cancellationToken);
        }
        else
        {
            Add([.. Enumerable.Range(0, players)], task.Game(row, cancellationToken).Value(CoalitionSet.All(players), threads, cancellationToken));
        }

        return new RowAttribution { Prediction = full, Values = values, Interactions = interactions };

        void Add(ReadOnlySpan<int> some, ReadOnlySpan<double> table)
        {
            if (some.Length == 0)
            {
                return;
            }

            Span<double> own = part.AsSpan(0, outputs * some.Length);
            ExactShapley.Compute(table, outputs, own);
            for (int i = 0; i < own.Length; i++)
            {
                values[(i / some.Length * players) + some[i % some.Length]] += own[i];
            }

            if (interactions is not null)
            {
                PairInteractions.Add(table, outputs, some, players, interactions);
            }
        }
    }
}
