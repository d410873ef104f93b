namespace Governance.Audit.Counterfactuals;

/// <summary>The states found so far, each once, the cheapest first.</summary>
internal sealed class Found(CostPlan plan)
{
    private readonly List<(double[] State, double Cost)> states = [];

    /// <summary>The states.</summary>
    public IReadOnlyList<double[]> States => [.. states.Select(found => found.State)];

    /// <summary>The cheapest state, or null.</summary>
    public double[]? Best => states.Count > 0 ? states[0].State : null;

    /// <summary>Adds a state that reaches the target.</summary>
    public void Add(double[] state)
    {
        if (!states.Any(found => found.State.AsSpan().SequenceEqual(state)))
        {
            states.Add((state, plan.Of(state)));
            states.Sort((left, right) => left.Cost.CompareTo(right.Cost));
        }
    }

    /// <summary>
    /// Columns that the cheap answers lean on and that were not yet held fixed together: first each alone, then in pairs;
    /// null where there are none.
    /// </summary>
    public IReadOnlyList<int>? NextBlocked(HashSet<string> tried)
    {
        List<int> used = [];
        foreach ((double[] state, _) in states)
        {
            foreach (int column in plan.Changed(state).OrderByDescending(column => plan.Columns[column].Cost(state[column])))
            {
                if (!used.Contains(column))
                {
                    used.Add(column);
                }
            }
        }

        return used.Select(column => (int[])[column])
            .Concat(used.SelectMany((first, i) => used.Take(i).Select(second => (int[])[Math.Min(first, second), Math.Max(first, second)])))
            .FirstOrDefault(columns => tried.Add(string.Join(',', columns)));
    }
}
