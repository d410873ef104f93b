namespace Governance.Audit.Counterfactuals;

/// <summary>Trades one changed number against another along the decision boundary.</summary>
/// <param name="plan">What states cost.</param>
/// <param name="answers">The model.</param>
internal sealed class NumberTrades(CostPlan plan, StateJudge answers)
{
    private const int TradeParts = 24;
    private const int MostTrades = 6;

    /// <summary>
    /// Of two changed numbers one a little otherwise, and the other as far as the cost saved allows: what reaches the target
    /// then is cheaper, and shrinks.
    /// </summary>
    /// <param name="state">Reaches the target.</param>
    /// <param name="shrink">Brings one column of a state that reaches the target back toward the case.</param>
    /// <returns>A cheaper state that reaches the target, or null.</returns>
    public double[]? Cheaper(double[] state, Func<double[], int, double[]> shrink)
    {
        double cost = plan.Of(state);
        int[] numbers = [.. plan.Changed(state).Where(column => plan.Columns[column].IsNumeric)];
        List<(double[] State, int Column)> trades = [];
        foreach (int given in numbers)
        {
            ActionColumn from = plan.Columns[given];
            foreach (int taken in numbers.Where(column => column != given))
            {
                ActionColumn to = plan.Columns[taken];
                double rest = cost - from.Cost(state[given]) - to.Cost(state[taken]);
                for (int part = 0; part <= TradeParts; part++)
                {
                    double value = part == 0 ? from.Own : from.At(from.Place(from.Own + (1.5 * part / TradeParts * (state[given] - from.Own))));
                    double reach = (((cost - rest - from.Cost(value)) / to.Weight) - 1) * to.Scale;
                    double other = to.At(to.Place(Math.Clamp(to.Own + (Math.Sign(state[taken] - to.Own) * reach), to.Low, to.High)));
                    double[] next = CostPlan.With(CostPlan.With(state, given, value), taken, other);
                    if (reach > 0 && from.Allows(value) && to.Allows(other) && plan.Of(next) < cost - 1e-9)
                    {
                        trades.Add((next, taken));
                    }
                }
            }
        }

        Judged[] judged = answers.Ask([.. trades.Select(trade => trade.State)]);
        return trades.Where((_, i) => judged[i].Reached).OrderBy(trade => plan.Of(trade.State)).Take(MostTrades)
            .Select(trade => shrink(trade.State, trade.Column)).MinBy(plan.Of);
    }
}
