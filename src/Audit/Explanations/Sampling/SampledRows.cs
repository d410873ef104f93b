using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>Samples a game within a budget: <see cref="SampleCoalitions.Run"/> or <see cref="PermutationShapley.Run"/>.</summary>
/// <param name="players">At least 1.</param>
/// <param name="budget">How much.</param>
/// <param name="random">The row's seeded source.</param>
/// <param name="empty">Shape [outputs]: the value of the empty coalition.</param>
/// <param name="full">Shape [outputs]: the value of the full coalition.</param>
/// <param name="game">Values coalitions, shape [coalitions, outputs].</param>
/// <param name="cancellationToken">Ends what is computed between two games; a game ends itself.</param>
internal delegate SampledRow SampleGame(
    int players, SampleBudget budget, SeededRandom random, double[] empty, double[] full, Func<CoalitionSet, double[]> game,
    CancellationToken cancellationToken = default);

/// <summary>What the sampled methods have in common: a budget, a stream of numbers a row, what a reader must be told.</summary>
internal static class SampledRows
{
    /// <summary>A width is pursued with at most so many times the budget that is taken without one.</summary>
    private const int WidthBudget = 16;

    /// <summary>The budget of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="usual">The coalitions a row where the task names none and asks for no width.</param>
    public static SampleBudget Budget(AttributionTask task, int usual) =>
        new(task.Request.Samples ?? (task.Request.UntilWidth is null ? usual : checked(usual * WidthBudget)), task.Request.UntilWidth);

    /// <summary>Explains all rows of a task.</summary>
    public static AttributionResult Run(
        AttributionTask task, SampleBudget budget, SampleGame sample, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] baseValue = task.BaseValue(cancellationToken);
        long evaluations = 0;
        int without = 0;
        int wide = 0;
        int few = 0;
        ExplainedRow[] rows = RowByRow.Run(task, (row, threads, token) =>
        {
            MaskedGame game = task.Game(row, token);
            double[] full = game.Full.ToArray();
            SeededRandom random = new(task.Request.Seed, task.RowIndex(row));
            SampledRow sampled = sample(
                task.Players.Count, budget, random, baseValue, full, coalitions => game.Value(coalitions, threads, token), token);
            Interlocked.Add(ref evaluations, sampled.Evaluations);
            Interlocked.Add(ref without, sampled.Attribution.StandardErrors is null ? 1 : 0);
            Interlocked.Add(ref few, sampled.Attribution is { RestsOnFew: true, StandardErrors: not null } ? 1 : 0);
            Interlocked.Add(ref wide, sampled.Converged ? 0 : 1);
            return new RowAttribution
            {
                Prediction = full,
                Values = sampled.Attribution.Values,
                StandardErrors = sampled.Attribution.Exact ? null : sampled.Attribution.StandardErrors,
                Quantile = sampled.Attribution.Quantile,
            }.ToRow(task, row, baseValue);
        }, progress, cancellationToken);
        return new AttributionResult
        {
            Rows = rows,
            BaseValue = baseValue,
            Evaluations = evaluations,
            Converged = wide == 0,
            Notes = [.. Notes(rows.Length, budget, without, wide, few)],
        };
    }

    private static IEnumerable<AuditWarning> Notes(int rows, SampleBudget budget, int without, int wide, int few)
    {
        if (without > 0)
        {
            yield return new AuditWarning(
                "no-interval", $"{budget.Samples:N0} samples are too few to say how good the values are, so {without:N0} of {rows:N0} rows have no intervals.");
        }

        if (few > 0)
        {
            yield return new AuditWarning(
                "few-coalitions", $"The intervals of {few:N0} of {rows:N0} rows rest on fewer than {SampledAttribution.EnoughPairs} drawn pairs of coalitions. About one value in twenty lies outside; where few coalitions differ from all others, some lie far outside. Take more samples, or check with the method 'permutation'.");
        }

        if (wide > 0)
        {
            yield return new AuditWarning(
                "not-converged", $"{wide:N0} of {rows:N0} rows did not reach the interval width asked for within {budget.Samples:N0} samples.");
        }
    }
}
