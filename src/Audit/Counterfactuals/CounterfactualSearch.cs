namespace Governance.Audit.Counterfactuals;

/// <summary>How the search is bounded.</summary>
public sealed record SearchOptions
{
    /// <summary>States that the model is asked about at most, where nothing else is said.</summary>
    public const int DefaultEvaluations = 10_000;

    /// <summary>At least 1.</summary>
    public int Evaluations { get; init; } = DefaultEvaluations;

    /// <summary>The most columns that may change; null for any number.</summary>
    public int? MaxChanges { get; init; }

    /// <summary>How many different answers are wanted, at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The seed of the kicks.</summary>
    public int Seed { get; init; }
}

/// <summary>What the search found.</summary>
/// <param name="States">States that reach the target, each without a needless change, the cheapest first.</param>
/// <param name="Evaluations">States that the model was asked about.</param>
public sealed record SearchResult(IReadOnlyList<double[]> States, int Evaluations);

/// <summary>The nearest states of a case that the model answers as wanted.</summary>
/// <remarks>
/// Asks about all single changes; plans combinations as if their effects added up, and lets the model judge the cheapest
/// plans; takes rows of the population on the other side, brought as near as the constraints let them, as further starts;
/// then improves each start: needless changes are taken back, changes are halved down to the decision boundary, and
/// up to three changes are exchanged for cheaper ones, until nothing helps. What is left of the budget goes into seeded
/// kicks: random changes of the best answer, improved likewise. Every answer is the model's own. For several answers the
/// search is repeated with columns of the answers so far held fixed.
/// </remarks>
public static class CounterfactualSearch
{
    // Plans judged before a round gives up, and starts improved in each round.
    private const int MostPlans = 240;
    private const int MostStarts = 6;

    // Rounds with columns held fixed, for further answers.
    private const int MostRounds = 16;

    /// <summary>Searches.</summary>
    /// <param name="columns">What may change.</param>
    /// <param name="seeds">States of other rows that reach the target, the nearest first.</param>
    /// <param name="judge">The model.</param>
    /// <param name="options">How far to go.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static SearchResult Run(
        IReadOnlyList<ActionColumn> columns, IReadOnlyList<double[]> seeds, JudgeStates judge, SearchOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Evaluations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1);
        double[] own = [.. columns.Select(column => column.Own)];
        if (columns.Count == 0)
        {
            return new SearchResult([], 0);
        }

        StateJudge answers = new(judge, options.Evaluations, cancellationToken);
        CostPlan plan = new(columns, own, Math.Min(options.MaxChanges ?? columns.Count, columns.Count));
        Found found = new(plan);
        bool[] open = [.. columns.Select(_ => true)];

        // Several answers share the budget; the nearest one is worth half of it.
        answers.Budget = options.Count == 1 ? options.Evaluations : options.Evaluations / 2;
        Round(plan, answers, seeds, open, found);
        new StateKicks(plan, answers, open, options.Seed).Run(found);
        answers.Budget = options.Evaluations;
        HashSet<string> tried = [];
        for (int round = 0; options.Count > 1 && round < MostRounds && !answers.Spent && found.NextBlocked(tried) is { } blocked; round++)
        {
            open = [.. columns.Select((_, column) => !blocked.Contains(column))];
            Round(plan, answers, seeds, open, found);
        }

        return new SearchResult(found.States, answers.Evaluations);
    }

    private static void Round(CostPlan plan, StateJudge answers, IReadOnlyList<double[]> seeds, bool[] open, Found found)
    {
        StateImprover improver = new(plan, answers, open);
        IReadOnlyList<Move> moves = improver.Moves(plan.Own, out double margin);
        List<double[]> starts = [.. FromPlans(plan, answers, moves, margin)];
        starts.AddRange(FromSeeds(plan, answers, improver, seeds, open));
        if (starts.Count == 0)
        {
            starts.AddRange(improver.Climb(moves, margin));
        }

        foreach (double[] start in Varied(plan, starts))
        {
            found.Add(improver.Improve(start));
        }
    }

    // Cautious plans first; where the effects do not add up, those that promise more than enough, then a few that promise less.
    private static IEnumerable<double[]> FromPlans(CostPlan plan, StateJudge answers, IReadOnlyList<Move> moves, double margin)
    {
        MovePlanner planner = new(plan);
        double need = Math.Abs(margin);
        List<double[]> reached = [];
        foreach (double share in (double[])[0.25, 0, -0.5])
        {
            IReadOnlyList<double[]> plans = planner.Cheapest(
                plan.Own, margin, moves, Math.Min(3, plan.MostChanges), double.PositiveInfinity, share * need, MostPlans);
            foreach (double[][] some in plans.Chunk(MostPlans / 5))
            {
                Judged[] judged = answers.Ask(some);
                reached.AddRange(some.Where((_, i) => judged[i].Reached));
                if (reached.Count >= 2 * MostStarts)
                {
                    return reached;
                }
            }
        }

        return reached;
    }

    private static IEnumerable<double[]> FromSeeds(
        CostPlan plan, StateJudge answers, StateImprover improver, IReadOnlyList<double[]> seeds, bool[] open)
    {
        double[][] near = [.. seeds.Select(seed => (double[])[.. seed.Select((value, column) => open[column] ? value : plan.Own[column])])
            .OrderBy(plan.Of).Take(30)];
        Judged[] judged = answers.Ask(near);
        return near.Where((_, i) => judged[i].Reached).Take(2 * MostStarts).Select(improver.TakeBack).Where(plan.Fits);
    }

    // The cheapest start of each set of changed columns.
    private static IEnumerable<double[]> Varied(CostPlan plan, IEnumerable<double[]> starts) => starts
        .OrderBy(plan.Of).GroupBy(state => string.Join(',', plan.Changed(state))).Select(group => group.First()).Take(MostStarts);
}
