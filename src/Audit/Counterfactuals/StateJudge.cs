namespace Governance.Audit.Counterfactuals;

/// <summary>What the model answers for states of a case.</summary>
/// <param name="states">At least one.</param>
/// <param name="cancellationToken">Ends a run in progress.</param>
/// <returns>One a state.</returns>
public delegate Judged[] JudgeStates(IReadOnlyList<double[]> states, CancellationToken cancellationToken);

/// <summary>Asks the model about states, each once, within a budget.</summary>
internal sealed class StateJudge
{
    private readonly JudgeStates judge;
    private readonly Dictionary<double[], Judged> known = new(SameState.Instance);
    private readonly CancellationToken cancellationToken;

    public StateJudge(JudgeStates judge, int budget, CancellationToken cancellationToken)
    {
        this.judge = judge;
        this.cancellationToken = cancellationToken;
        Budget = budget;
    }

    /// <summary>The most states to ask about.</summary>
    public int Budget { get; set; }

    /// <summary>States asked about so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Whether nothing may be asked any more.</summary>
    public bool Spent => Evaluations >= Budget;

    /// <summary>All that was asked about, in no order.</summary>
    public IEnumerable<(double[] State, Judged Answer)> Known => known.Select(pair => (pair.Key, pair.Value));

    /// <summary>Answers for states; those that the budget no longer covers are not reached, with a margin of −∞.</summary>
    public Judged[] Ask(IReadOnlyList<double[]> states)
    {
        List<double[]> open = [];
        HashSet<double[]> asked = new(SameState.Instance);
        foreach (double[] state in states)
        {
            if (!known.ContainsKey(state) && Evaluations + open.Count < Budget && asked.Add(state))
            {
                open.Add(state);
            }
        }

        if (open.Count > 0)
        {
            Judged[] answers = judge(open, cancellationToken);
            Evaluations += open.Count;
            for (int i = 0; i < open.Count; i++)
            {
                known.Add(open[i], answers[i]);
            }
        }

        return [.. states.Select(state => known.GetValueOrDefault(state, new Judged(false, double.NegativeInfinity, null, double.NaN)))];
    }

    private sealed class SameState : IEqualityComparer<double[]>
    {
        public static SameState Instance { get; } = new();

        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] state)
        {
            HashCode hash = default;
            foreach (double value in state)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
