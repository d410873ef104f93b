namespace Governance.Audit.Counterfactuals;

/// <summary>What states of a case cost.</summary>
/// <remarks>
/// The cost of a state is the sum over changed columns of weight · (1 + distance): each change costs, and further changes
/// cost more. The distance of numbers is |change| / median absolute deviation, that of levels is 1.
/// </remarks>
internal sealed class CostPlan(IReadOnlyList<ActionColumn> columns, double[] own, int mostChanges)
{
    /// <summary>The columns.</summary>
    public IReadOnlyList<ActionColumn> Columns => columns;

    /// <summary>The case as it is.</summary>
    public double[] Own => own;

    /// <summary>The most columns that may change.</summary>
    public int MostChanges => mostChanges;

    /// <summary>The cost of a state.</summary>
    public double Of(double[] state)
    {
        double cost = 0;
        for (int column = 0; column < state.Length; column++)
        {
            cost += columns[column].Cost(state[column]);
        }

        return cost;
    }

    /// <summary>The columns in which a state differs from the case.</summary>
    public IEnumerable<int> Changed(double[] state) => Enumerable.Range(0, state.Length).Where(column => state[column] != own[column]);

    /// <summary>Whether a state changes no more columns than allowed.</summary>
    public bool Fits(double[] state)
    {
        int changes = 0;
        for (int column = 0; column < state.Length; column++)
        {
            changes += state[column] != own[column] ? 1 : 0;
        }

        return changes <= mostChanges;
    }

    /// <summary>The state with one column set.</summary>
    public static double[] With(double[] state, int column, double value)
    {
        double[] next = [.. state];
        next[column] = value;
        return next;
    }

    /// <summary>How far two states lie apart: the sum over columns in which they differ of weight · (1 + distance).</summary>
    public double Between(double[] left, double[] right)
    {
        double distance = 0;
        for (int column = 0; column < left.Length; column++)
        {
            if (left[column] != right[column])
            {
                ActionColumn own = columns[column];
                distance += own.Weight * (1 + (own.IsNumeric ? Math.Abs(left[column] - right[column]) / own.Scale : 1));
            }
        }

        return distance;
    }
}
