using Governance.Audit.Encodings;

namespace Governance.Audit.Mitigation;

/// <summary>One threshold a group, nothing left to chance, with the constrained rates at most a tolerance apart.</summary>
/// <remarks>
/// Exact over the thresholds tried: every window (of equalized odds every box) of the tolerance's width that begins at a
/// point of some group is looked at, and each group takes its best point inside. The thresholds tried are all of them, or,
/// where a group has more distinct scores than the grid has steps, so many at even ranks. Refusing all, or nobody, is always
/// within any tolerance, and is what remains where it is too narrow.
/// </remarks>
public static class DeterministicThresholds
{
    /// <summary>The most thresholds of a group that are tried for equalized odds, where pairs of rates are searched.</summary>
    public const int MostForOdds = 250;

    private const double Rounding = 1e-12;

    /// <summary>Finds them.</summary>
    /// <param name="curves">One a group, at least one.</param>
    /// <param name="search">What is searched for.</param>
    public static ThresholdFit Fit(IReadOnlyList<GroupCurve> curves, ThresholdSearch search)
    {
        (double Gain, double Price)[] slopes = search.Slopes(curves);
        double[] shares = ThresholdSearch.Shares(curves);
        bool odds = search.Constraint == ParityConstraint.EqualizedOdds;
        RatePoint[][] points = [.. curves.Select((curve, group) => Thinned(curve, odds ? Math.Min(search.Grid, MostForOdds) : search.Grid)
            .Select(point => new RatePoint(
                point, point.Counts.Constrained(search.Constraint), odds ? point.Counts.Tpr : 0,
                odds ? (slopes[group].Gain * point.Counts.Tpr) - (slopes[group].Price * point.Counts.Fpr)
                    : shares[group] * point.Counts.Objective(search.Objective, search.Costs)))
            .OrderBy(point => point.X).ThenBy(point => point.Y).ToArray())];
        double[] edges = [.. points.SelectMany(group => group).Select(point => point.X).Distinct().Order()];
        BestChoice best = new(points.Length);
        int[] from = new int[points.Length];
        int[] to = new int[points.Length];
        foreach (double edge in edges)
        {
            for (int group = 0; group < points.Length; group++)
            {
                for (; from[group] < points[group].Length && points[group][from[group]].X < edge; from[group]++)
                {
                }

                for (; to[group] < points[group].Length && points[group][to[group]].X <= edge + search.Tolerance + Rounding; to[group]++)
                {
                }
            }

            best.Look(points, from, to, odds ? search.Tolerance + Rounding : double.PositiveInfinity);
        }

        CurvePoint[] chosen = best.Chosen!;
        double[] rates = [.. chosen.Select(point => point.Counts.Constrained(search.Constraint))];
        return new ThresholdFit(
            [.. chosen.Select((point, group) => new GroupRule(curves[group].Group, 0, 0, [point.Rule]))],
            [.. chosen.Select(point => point.Counts)], rates.Min(), best.Value);
    }

    private static IEnumerable<CurvePoint> Thinned(GroupCurve curve, int most)
    {
        int count = curve.Points.Count;
        return count <= most + 1
            ? curve.Points
            : Enumerable.Range(0, most + 1).Select(step => curve.Points[(int)((long)step * (count - 1) / most)]);
    }
}
