using Governance.Audit.Explanations.Owen;

namespace Governance.Audit.Explanations.Methods;

/// <summary><c>--method owen</c>: Owen values on a hierarchy of players, exact where that needs few coalitions, else sampled.</summary>
internal sealed class OwenMethod : IAttributionMethod
{
    /// <summary>Up to so many terms the values are exact without a budget: half a second for the coalitions of a row.</summary>
    public const int MostTerms = 1 << 14;

    public string Name => ExplanationMethods.Owen;

    public MethodSupport Supports(AttributionTask task)
    {
        if (task.Request.Hierarchy is not HierarchyNode root)
        {
            return MethodSupport.No("The method 'owen' needs a hierarchy of the features: give one with --hierarchy, or say with --players which parts of a picture or sequence count.");
        }

        int budget = Budget(task);
        return task.Request.Interactions
                ? MethodSupport.No("The method 'owen' gives no interactions; 'exact' does, for at most 20 players.")
            : IsExact(task, root) ? MethodSupport.Yes($"The hierarchy needs about {OwenCoalitions.Terms(root):N0} terms, so its Owen values are exact.")
            : budget < OwenSampling.LeastSamples(task.Players.Count)
                ? MethodSupport.No($"The method 'owen' needs at least {OwenSampling.LeastSamples(task.Players.Count)} samples for {task.Players.Count} players; {budget} were given.")
            : MethodSupport.Yes($"The hierarchy needs more coalitions than the {budget:N0} allowed, so its orders are sampled.");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        if (IsExact(task, task.Request.Hierarchy!))
        {
            CoalitionSet all = Exact(task).ToSet();
            return GameCost.Of(task, all, all.Count, cancellationToken);
        }

        return GameCost.Of(task, SampledOrders(task, new SeededRandom(task.Request.Seed, 0)), Budget(task), cancellationToken);
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] baseValue = task.BaseValue(cancellationToken);
        bool exact = IsExact(task, task.Request.Hierarchy!);
        CoalitionSet? coalitions = exact ? Exact(task).ToSet() : null;
        long evaluations = 0;
        int open = 0;
        ExplainedRow[] rows = RowByRow.Run(task, (row, threads, token) =>
        {
            MaskedGame game = task.Game(row, token);
            double[] attribution = new double[baseValue.Length * task.Players.Count];
            if (coalitions is not null)
            {
                Exact(task).Sum(game.Value(coalitions, threads, token), baseValue.Length, attribution);
                Interlocked.Add(ref evaluations, coalitions.Count);
                return new RowAttribution { Prediction = game.Full.ToArray(), Values = attribution }.ToRow(task, row, baseValue);
            }

            double[] errors = new double[attribution.Length];
            OwenSampling sampling = new(task.Request.Hierarchy!, task.Players.Count, baseValue.Length, Budget(task), task.Request.UntilWidth);
            sampling.Run(
                some => game.Value(some, threads, token), baseValue, game.Full.Span,
                new SeededRandom(task.Request.Seed, task.RowIndex(row)), attribution, errors);
            Interlocked.Add(ref evaluations, sampling.Evaluations);
            Interlocked.Add(ref open, sampling.Converged ? 0 : 1);
            return new RowAttribution
            {
                Prediction = game.Full.ToArray(),
                Values = attribution,
                StandardErrors = errors,
                Quantile = sampling.Quantile,
            }.ToRow(task, row, baseValue);
        }, progress, cancellationToken);
        return new AttributionResult { Rows = rows, BaseValue = baseValue, Evaluations = evaluations, Converged = open == 0 };
    }

    private static OwenCoalitions Exact(AttributionTask task) =>
        task.Once(() => OwenCoalitions.Of(task.Request.Hierarchy!, task.Players.Count));

    // A budget that is given bounds the coalitions, so then they are counted; terms that share one cost it once.
    private static bool IsExact(AttributionTask task, HierarchyNode root) =>
        OwenCoalitions.Terms(root) <= MostTerms
        && (task.Request.Samples is not int samples || Exact(task).Count <= samples);

    private static CoalitionSet SampledOrders(AttributionTask task, SeededRandom random)
    {
        int players = task.Players.Count;
        int orders = (int)Math.Clamp((Budget(task) - 2L) / (players - 1), 1, 64);
        int[] order = new int[players];
        CoalitionSet some = new(players, orders * (players - 1));
        for (int i = 0; i < orders; i++)
        {
            OwenOrders.Draw(task.Request.Hierarchy!, order, ref random);
            OwenOrders.Fill(order, some, i * (players - 1));
        }

        return some;
    }

    private static int Budget(AttributionTask task) =>
        task.Request.Samples ?? Math.Max(ExplanationMethods.DefaultSamples(task.Players.Count), (int)OwenSampling.LeastSamples(task.Players.Count));
}
