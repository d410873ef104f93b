namespace Governance.Audit.Counterfactuals;

/// <summary>Makes states that reach the target cheaper, one sure step after another.</summary>
/// <param name="plan">What states cost.</param>
/// <param name="answers">The model.</param>
/// <param name="open">Shape [columns]: which columns may change in this round.</param>
internal sealed class StateImprover(CostPlan plan, StateJudge answers, bool[] open)
{
    private const int MostRounds = 16;
    private const int MostExchanges = 120;

    private readonly NumberTrades trades = new(plan, answers);

    /// <summary>All single changes of a state with what each gains.</summary>
    /// <param name="state">The state.</param>
    /// <param name="margin">Its own margin.</param>
    public IReadOnlyList<Move> Moves(double[] state, out double margin)
    {
        List<(int Column, double Value)> wanted = [];
        for (int column = 0; column < state.Length; column++)
        {
            if (open[column])
            {
                ActionColumn own = plan.Columns[column];
                foreach (double value in own.Values.Append(own.Own).Concat(Near(own, state[column])).Where(value => value != state[column]).Distinct())
                {
                    wanted.Add((column, value));
                }
            }
        }

        Judged[] judged = answers.Ask([state, .. wanted.Select(move => CostPlan.With(state, move.Column, move.Value))]);
        double before = margin = judged[0].Margin;
        return
        [
            .. wanted.Select((move, i) => new Move(move.Column, move.Value, judged[i + 1].Margin - before))
                .Where(move => !double.IsNaN(move.Gain) && !double.IsInfinity(move.Gain)),
        ];
    }

    /// <summary>Improves a state until no step helps or the budget is spent.</summary>
    /// <param name="state">Reaches the target.</param>
    public double[] Improve(double[] state)
    {
        for (int round = 0; round < MostRounds && !answers.Spent; round++)
        {
            state = Shrink(TakeBack(state));
            if ((Exchange(state) ?? trades.Cheaper(state, Shrink)) is not { } cheaper)
            {
                break;
            }

            state = cheaper;
        }

        return state;
    }

    /// <summary>Takes back changes that are not needed, the dearest first.</summary>
    public double[] TakeBack(double[] state)
    {
        while (true)
        {
            double[][] less = [.. plan.Changed(state).Select(column => CostPlan.With(state, column, plan.Own[column])).OrderBy(plan.Of)];
            Judged[] judged = answers.Ask(less);
            double[]? next = less.Where((_, i) => judged[i].Reached).FirstOrDefault();
            if (next is null)
            {
                return state;
            }

            state = next;
        }
    }

    /// <summary>Goes up the margin by the change that promises most for its cost, where no plan reached the target.</summary>
    public IEnumerable<double[]> Climb(IReadOnlyList<Move> moves, double margin)
    {
        double[] state = plan.Own;
        for (int step = 0; step < plan.MostChanges && !answers.Spent; step++)
        {
            double[] at = state;
            Move[] useful = [.. moves.Where(move => move.Gain > 0 && plan.Fits(CostPlan.With(at, move.Column, move.Value)))];
            if (useful.Length == 0)
            {
                yield break;
            }

            double need = -margin;
            Move best = useful.MaxBy(move => Math.Min(move.Gain, need) / plan.Columns[move.Column].Cost(move.Value));
            state = CostPlan.With(state, best.Column, best.Value);
            moves = Moves(state, out margin);
            if (answers.Ask([state])[0].Reached)
            {
                yield return state;
                yield break;
            }
        }
    }

    // A few values around a changed number and on its way back, so that a little less here can pay for a little more there.
    private static IEnumerable<double> Near(ActionColumn own, double value) => own.IsNumeric && value != own.Own
        ? ((double[])[-0.5, -0.25, -0.1, -0.05, 0.05, 0.1, 0.25, 0.5]).Select(share => value + (share * own.Scale))
            .Concat(((double[])[0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75]).Select(share => value + (share * (own.Own - value))))
            .Select(number => own.At(own.Place(number))).Where(own.Allows)
        : [];

    // Brings each changed number back toward the case as far as the answer holds; the step that saves most goes first.
    private double[] Shrink(double[] state)
    {
        while (!answers.Spent)
        {
            double[]? best = null;
            foreach (int column in plan.Changed(state).Where(column => plan.Columns[column].IsNumeric))
            {
                double[] next = Shrink(state, column);
                best = plan.Of(next) < plan.Of(best ?? state) ? next : best;
            }

            if (best is null)
            {
                return state;
            }

            state = best;
        }

        return state;
    }

    // Eight at a time between what is known to fail (or the case itself) and what is known to hold.
    private double[] Shrink(double[] state, int column)
    {
        ActionColumn own = plan.Columns[column];
        long held = (long)Math.Round((state[column] - own.Anchor) / own.Step);
        double beside = (own.Own - own.Anchor) / own.Step;
        long failed = (long)(state[column] > own.Own ? Math.Floor(beside + 1e-9) : Math.Ceiling(beside - 1e-9));
        while (Math.Abs(held - failed) > 1 && !answers.Spent)
        {
            long gap = held - failed;
            long[] places = [.. Enumerable.Range(1, 7).Select(i => failed + (gap * i / 8)).Where(place => place != failed && place != held).Distinct()];
            double[][] states = [.. places.Select(place => CostPlan.With(state, column, own.At(place))).Where(next => own.Allows(next[column]))];
            if (states.Length == 0)
            {
                break;
            }

            Judged[] judged = answers.Ask(states);
            int first = Array.FindIndex(judged, answer => answer.Reached);
            if (first >= 0)
            {
                held = (long)Math.Round((states[first][column] - own.Anchor) / own.Step);
            }

            int last = first < 0 ? states.Length - 1 : first - 1;
            failed = last >= 0 ? (long)Math.Round((states[last][column] - own.Anchor) / own.Step) : failed;
            if (first < 0 && last < 0)
            {
                break;
            }
        }

        double value = own.At(held);
        return own.Allows(value) ? CostPlan.With(state, column, value) : state;
    }

    // Up to three columns set otherwise, where that is cheaper and should still reach the target.
    private double[]? Exchange(double[] state)
    {
        IReadOnlyList<Move> moves = Moves(state, out double margin);
        double cost = plan.Of(state);
        double need = Math.Abs(answers.Ask([plan.Own])[0].Margin);

        // First what should reach the target if effects add up, then what should nearly.
        foreach ((int size, double share) in ((int, double)[])[(2, 0), (2, 0.1), (3, 0), (2, 0.25), (3, 0.25)])
        {
            IReadOnlyList<double[]> plans = new MovePlanner(plan).Cheapest(state, margin, moves, size, cost - 1e-9, share * need, MostExchanges);
            foreach (double[][] some in plans.Chunk(MostExchanges / 4))
            {
                Judged[] judged = answers.Ask(some);
                double[]? reached = some.Where((_, i) => judged[i].Reached).MinBy(plan.Of);
                if (reached is not null)
                {
                    return reached;
                }
            }
        }

        return null;
    }
}
