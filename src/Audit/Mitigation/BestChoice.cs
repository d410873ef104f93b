namespace Governance.Audit.Mitigation;

/// <summary>A threshold of a group as a search sees it.</summary>
/// <param name="Point">The threshold.</param>
/// <param name="X">The rate that windows slide over.</param>
/// <param name="Y">The second rate that is bound; 0 where there is none.</param>
/// <param name="Value">What the group adds to the objective.</param>
internal readonly record struct RatePoint(CurvePoint Point, double X, double Y, double Value);

/// <summary>The best choice of one threshold a group so far.</summary>
/// <param name="groups">Their number.</param>
internal sealed class BestChoice(int groups)
{
    private readonly int[] taken = new int[groups];

    /// <summary>The sum over groups; negative infinity before the first choice.</summary>
    public double Value { get; private set; } = double.NegativeInfinity;

    /// <summary>One a group; null before the first choice.</summary>
    public CurvePoint[]? Chosen { get; private set; }

    /// <summary>Looks at a window: in each group the points from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    /// <param name="points">By group, ascending in X.</param>
    /// <param name="from">By group, inclusive.</param>
    /// <param name="to">By group, exclusive.</param>
    /// <param name="height">How far the second rate may be apart; infinite where there is none.</param>
    public void Look(RatePoint[][] points, int[] from, int[] to, double height)
    {
        // Every combination is bounded by the best of each group; most windows end here.
        double bound = 0;
        for (int group = 0; group < groups; group++)
        {
            if (from[group] >= to[group])
            {
                return;
            }

            bound += Best(points[group], from[group], to[group], double.NegativeInfinity, double.PositiveInfinity, out taken[group]);
        }

        if (!(bound > Value))
        {
            return;
        }

        if (double.IsPositiveInfinity(height))
        {
            Take(points, bound);
            return;
        }

        foreach (double edge in Edges(points, from, to))
        {
            double sum = 0;
            for (int group = 0; group < groups && !double.IsNegativeInfinity(sum); group++)
            {
                sum += Best(points[group], from[group], to[group], edge, edge + height, out taken[group]);
            }

            if (sum > Value)
            {
                Take(points, sum);
            }
        }
    }

    private void Take(RatePoint[][] points, double value)
    {
        Value = value;
        Chosen = [.. points.Select((group, i) => group[taken[i]].Point)];
    }

    private static IEnumerable<double> Edges(RatePoint[][] points, int[] from, int[] to)
    {
        SortedSet<double> edges = [];
        for (int group = 0; group < points.Length; group++)
        {
            for (int i = from[group]; i < to[group]; i++)
            {
                edges.Add(points[group][i].Y);
            }
        }

        return edges;
    }

    private static double Best(RatePoint[] points, int from, int to, double low, double high, out int at)
    {
        double best = double.NegativeInfinity;
        at = -1;
        for (int i = from; i < to; i++)
        {
            if (points[i].Value > best && points[i].Y >= low && points[i].Y <= high)
            {
                (best, at) = (points[i].Value, i);
            }
        }

        return best;
    }
}
