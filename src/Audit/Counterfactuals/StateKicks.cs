using Governance.Audit.Explanations;

namespace Governance.Audit.Counterfactuals;

/// <summary>Looks for cheaper answers where steps from the best one no longer help.</summary>
/// <remarks>
/// First along each column alone, at many more values than before: a model of trees may answer otherwise in a narrow band
/// near the case. Then by kicks: one to three columns of the best answer set at random, kept where the model still
/// answers as wanted, and improved.
/// </remarks>
internal sealed class StateKicks(CostPlan plan, StateJudge answers, bool[] open, int seed)
{
    private const int FineValues = 48;
    private const int KicksAtOnce = 48;
    private const int MostVainBatches = 10;
    private const int ImprovedOfABatch = 2;

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
        List<double[]> singles = [];
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
                    .Select(value => CostPlan.With(plan.Own, column, value)));
            }
        }

        double[][] cheaper = [.. singles.Where(state => plan.Of(state) < bound && plan.Fits(state))];
        Judged[] judged = answers.Ask(cheaper);
        foreach (double[] state in cheaper.Where((_, i) => judged[i].Reached).OrderBy(plan.Of).Take(ImprovedOfABatch))
        {
            found.Add(improver.Improve(state));
        }
    }

    private double[] Kick(double[] best)
    {
        double[] state = [.. best];
        int changes = 1 + random.NextBelow(3);
        for (int i = 0; i < changes; i++)
        {
            int column = random.NextBelow(state.Length);
            ActionColumn own = plan.Columns[column];
            if (open[column] && own.Values.Count > 0)
            {
                int pick = random.NextBelow(own.Values.Count + 1);
                state[column] = pick == own.Values.Count ? own.Own : own.Values[pick];
            }
        }

        return state;
    }
}
