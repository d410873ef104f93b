using Governance.Audit.Explanations;

namespace Governance.Audit.Counterfactuals;

/// <summary>Looks for cheaper answers where steps from the best one no longer help.</summary>
/// <remarks>
/// First along each column alone, at many more values than before: a model of trees may answer otherwise in a narrow band
/// near the case. Then by kicks: up to four columns of the best answer, or of the case itself, set at random, cheap values
/// more often than dear ones; kept where the model answers as wanted, and improved.
/// </remarks>
internal sealed class StateKicks(CostPlan plan, StateJudge answers, bool[] open, int seed)
{
    private const int FineValues = 48;
    private const int MostPlans = 160;
    private const int KicksAtOnce = 48;
    private const int MostVainBatches = 40;
    private const int ImprovedOfABatch = 2;

    private readonly double[][] cheapFirst = [.. plan.Columns.Select(column => (double[])[column.Own, .. column.Values.OrderBy(column.Cost)])];
    private SeededRandom random = new(seed, 17);

    /// <summary>Searches until the budget is spent or kicks have long been in vain.</summary>
    /// <param name="found">The answers so far; grows.</param>
    public void Run(Found found)
    {
        StateImprover improver = new(plan, answers, open);
        Scan(found, improver);
        for (int vain = 0; vain < MostVainBatches && !answers.Spent && found.Best is { } best; vain++)
        {
            double cost = plan.Of(best);
            double[][] kicked = [.. Enumerable.Range(0, KicksAtOnce).Select(_ => Kick(best)).Where(state => plan.Fits(state) && plan.Of(state) < (1.5 * cost) + 2)];
            if (kicked.Length == 0)
            {
                continue;
            }

            Judged[] judged = answers.Ask(kicked);
            foreach (double[] state in kicked.Where((_, i) => judged[i].Reached).OrderBy(plan.Of).Take(ImprovedOfABatch))
            {
                found.Add(improver.Improve(state));
            }

            vain = plan.Of(found.Best) < cost - 1e-9 ? -1 : vain;
        }
    }

    private void Scan(Found found, StateImprover improver)
    {
        double bound = found.Best is { } best ? plan.Of(best) : double.PositiveInfinity;
        List<(int Column, double[] State)> singles = [];
        for (int column = 0; column < plan.Own.Length; column++)
        {
            ActionColumn own = plan.Columns[column];
            if (open[column] && own.IsNumeric)
            {
                // As far as a change of this column alone may go and stay below the best cost.
                double reach = Math.Min((bound / own.Weight) - 1, (own.High - own.Low) / own.Scale) * own.Scale;
                singles.AddRange(Enumerable.Range(-FineValues / 2, FineValues + 1)
                    .Select(i => own.At(own.Place(own.Own + (reach * 2 * i / FineValues))))
                    .Where(value => value != own.Own && own.Allows(value)).Distinct()
                    .Select(value => (column, CostPlan.With(plan.Own, column, value))));
            }
        }

        (int Column, double[] State)[] cheaper = [.. singles.Where(single => plan.Of(single.State) < bound && plan.Fits(single.State))];
        Judged[] judged = answers.Ask([.. cheaper.Select(single => single.State)]);
        foreach (double[] state in cheaper.Where((_, i) => judged[i].Reached).Select(single => single.State).OrderBy(plan.Of).Take(ImprovedOfABatch))
        {
            found.Add(improver.Improve(state));
        }

        Combine(found, improver, cheaper, judged);
    }

    // What the many values promise together, below the best cost.
    private void Combine(Found found, StateImprover improver, (int Column, double[] State)[] singles, Judged[] judged)
    {
        double margin = answers.Ask([plan.Own])[0].Margin;
        List<Move> moves = [.. improver.Moves(plan.Own, out _)];
        moves.AddRange(singles.Select((single, i) => new Move(single.Column, single.State[single.Column], judged[i].Margin - margin))
            .Where(move => double.IsFinite(move.Gain)));
        MovePlanner planner = new(plan);
        foreach ((int size, double share) in ((int, double)[])[(2, 0), (2, 0.1), (2, 0.25), (3, 0)])
        {
            double bound = found.Best is { } best ? plan.Of(best) - 1e-9 : double.PositiveInfinity;
            IReadOnlyList<double[]> plans = planner.Cheapest(plan.Own, margin, moves, Math.Min(size, plan.MostChanges), bound, share * Math.Abs(margin), MostPlans);
            Judged[] answered = answers.Ask(plans);
            foreach (double[] state in plans.Where((_, i) => answered[i].Reached).OrderBy(plan.Of).Take(ImprovedOfABatch))
            {
                found.Add(improver.Improve(state));
            }
        }
    }

    private double[] Kick(double[] best)
    {
        double[] state = [.. random.NextBelow(2) == 0 ? best : plan.Own];
        int changes = 1 + random.NextBelow(4);
        for (int i = 0; i < changes; i++)
        {
            int column = random.NextBelow(state.Length);
            if (open[column])
            {
                double share = random.NextDouble();
                state[column] = cheapFirst[column][(int)(share * share * cheapFirst[column].Length)];
            }
        }

        return state;
    }
}
