namespace Governance.Audit.Counterfactuals;

/// <summary>Plans states from what single changes do, as if their effects on the margin added up.</summary>
/// <remarks>
/// For a model that is linear in the log-odds the plan is exact; elsewhere it is a guess that the model then judges. So
/// thousands of combinations are weighed for the price of asking about single changes.
/// </remarks>
internal sealed class MovePlanner(CostPlan plan)
{
    // Where no plan is found among this many combinations, more would not make it likelier.
    private const int MostVisits = 2_000_000;

    /// <summary>The cheapest states that are expected to reach the target.</summary>
    /// <param name="from">The state whose single changes are known.</param>
    /// <param name="margin">Its margin.</param>
    /// <param name="moves">Single changes with the margin that each gains.</param>
    /// <param name="size">The most changes at once.</param>
    /// <param name="below">Only states that cost less than this.</param>
    /// <param name="slack">The margin that may be missing by the guess, at least 0; below 0 asks for more than enough.</param>
    /// <param name="limit">The most states.</param>
    /// <returns>By cost, the cheapest first.</returns>
    public IReadOnlyList<double[]> Cheapest(double[] from, double margin, IReadOnlyList<Move> moves, int size, double below, double slack, int limit)
    {
        Move[][] byColumn = [.. moves.GroupBy(move => move.Column).OrderBy(group => group.Key)
            .Select(group => group.OrderBy(move => plan.Columns[move.Column].Cost(move.Value)).ToArray())];
        double[] best = [.. byColumn.Select(column => Math.Max(0, column.Max(move => move.Gain)))];
        double[] save = [.. byColumn.Select(column => plan.Columns[column[0].Column].Cost(from[column[0].Column]))];
        PriorityQueue<double[], double> found = new();
        int visits = 0;
        double bound = below;
        Search(0, [.. from], margin, plan.Of(from), size);
        List<(double[] State, double Cost)> states = [];
        while (found.TryDequeue(out double[]? state, out double cost))
        {
            states.Add((state, -cost));
        }

        states.Reverse();
        return [.. states.Select(state => state.State)];

        void Search(int column, double[] state, double gained, double cost, int left)
        {
            // What the columns still to come could gain and save at most, one change each.
            double hope = 0;
            double saving = 0;
            for (int later = column; later < byColumn.Length; later++)
            {
                hope = Math.Max(hope, best[later]);
                saving = Math.Max(saving, save[later]);
            }

            if (left == 0 || gained + (hope * left) < -slack || cost - (saving * left) >= bound)
            {
                return;
            }

            for (int at = column; at < byColumn.Length; at++)
            {
                int own = byColumn[at][0].Column;
                double held = state[own];
                double before = plan.Columns[own].Cost(held);
                foreach (Move move in byColumn[at])
                {
                    if (++visits > MostVisits)
                    {
                        break;
                    }

                    state[own] = move.Value;
                    double next = cost - before + plan.Columns[own].Cost(move.Value);
                    if (gained + move.Gain >= -slack && next < bound && plan.Fits(state))
                    {
                        Keep(state, next);
                    }

                    Search(at + 1, state, gained + move.Gain, next, left - 1);
                }

                state[own] = held;
            }
        }

        void Keep(double[] state, double cost)
        {
            found.Enqueue([.. state], -cost);
            if (found.Count > limit)
            {
                found.Dequeue();
                found.TryPeek(out _, out double worst);
                bound = Math.Min(bound, -worst);
            }
        }
    }
}

/// <summary>One column set to a state.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Its new state.</param>
/// <param name="Gain">How far the margin rose when this alone was changed.</param>
internal readonly record struct Move(int Column, double Value, double Gain);
