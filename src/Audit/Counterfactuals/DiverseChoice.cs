namespace Governance.Audit.Counterfactuals;

/// <summary>Chooses answers that differ from each other, the cheapest first.</summary>
/// <remarks>
/// Max–min with a price: after the cheapest, the one is taken whose least distance to those chosen, less what it costs
/// beyond the cheapest, is largest. Distances are in the unit of cost, so that a different answer may cost as much more as
/// it is different.
/// </remarks>
internal static class DiverseChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="states">By cost, the cheapest first.</param>
    /// <param name="plan">Costs and distances.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>By cost.</returns>
    public static IReadOnlyList<double[]> Of(IReadOnlyList<double[]> states, CostPlan plan, int count)
    {
        List<double[]> chosen = [.. states.Take(1)];
        List<double[]> left = [.. states.Skip(1)];
        while (chosen.Count < count && left.Count > 0)
        {
            double[] next = left.MaxBy(state => chosen.Min(other => plan.Between(state, other)) - (plan.Of(state) - plan.Of(chosen[0])))!;
            chosen.Add(next);
            left.Remove(next);
        }

        return [.. chosen.OrderBy(plan.Of)];
    }
}
