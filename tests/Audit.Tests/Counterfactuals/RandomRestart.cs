using Governance.Audit.Counterfactuals;
using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Counterfactuals;

/// <summary>
/// What the search is measured against: random changes of one to four columns until the answer is reached, then needless
/// changes taken back and numbers halved toward the case, again and again from new random starts.
/// </summary>
internal static class RandomRestart
{
    /// <summary>The cheapest cost found; infinity where none was.</summary>
    public static double Run(IReadOnlyList<ActionColumn> columns, JudgeStates judge, int evaluations, int mostChanges, int seed)
    {
        SeededRandom random = new(seed, 31);
        double best = double.PositiveInfinity;
        int left = evaluations;
        while (left > 0)
        {
            double[][] starts = [.. Enumerable.Range(0, Math.Min(left, 64)).Select(_ => Start(columns, mostChanges, ref random))];
            Judged[] judged = judge(starts, default);
            left -= starts.Length;
            foreach (double[] start in starts.Where((_, i) => judged[i].Reached))
            {
                best = Math.Min(best, Cost(columns, Descend(columns, start, judge, ref left)));
            }
        }

        return best;
    }

    public static double Cost(IReadOnlyList<ActionColumn> columns, double[] state) => columns.Select((column, i) => column.Cost(state[i])).Sum();

    private static double[] Start(IReadOnlyList<ActionColumn> columns, int mostChanges, ref SeededRandom random)
    {
        double[] state = [.. columns.Select(column => column.Own)];
        int changes = 1 + random.NextBelow(Math.Min(Math.Min(4, mostChanges), columns.Count));
        for (int i = 0; i < changes; i++)
        {
            int at = random.NextBelow(columns.Count);
            ActionColumn column = columns[at];
            double value = column.IsNumeric
                ? column.At(column.Place(column.Low + (random.NextDouble() * (column.High - column.Low))))
                : random.NextBelow(column.Options!.Count);
            state[at] = column.Allows(value) ? value : column.Own;
        }

        return state;
    }

    private static double[] Descend(IReadOnlyList<ActionColumn> columns, double[] state, JudgeStates judge, ref int left)
    {
        bool better = true;
        while (better && left > 0)
        {
            better = false;
            foreach (int at in Enumerable.Range(0, columns.Count).Where(i => state[i] != columns[i].Own).ToArray())
            {
                ActionColumn column = columns[at];
                double[][] tries = column.IsNumeric
                    ? [With(state, at, column.Own), With(state, at, Snap(column, (state[at] + column.Own) / 2)), With(state, at, Snap(column, ((9 * state[at]) + column.Own) / 10))]
                    : [With(state, at, column.Own)];
                Judged[] judged = judge(tries, default);
                left -= tries.Length;
                int first = Enumerable.Range(0, tries.Length).FirstOrDefault(i => judged[i].Reached && tries[i][at] != state[at], -1);
                if (first >= 0)
                {
                    state = tries[first];
                    better = true;
                }
            }
        }

        return state;
    }

    private static double Snap(ActionColumn column, double value)
    {
        double snapped = column.At(column.Place(value));
        return column.Allows(snapped) ? snapped : column.Own;
    }

    private static double[] With(double[] state, int at, double value)
    {
        double[] next = [.. state];
        next[at] = value;
        return next;
    }
}
