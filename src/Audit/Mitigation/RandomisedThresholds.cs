using Governance.Audit.Encodings;

namespace Governance.Audit.Mitigation;

/// <summary>Thresholds by group that meet a constraint exactly in expectation, by leaving some decisions to chance.</summary>
/// <remarks>
/// Hardt, Price and Srebro, NeurIPS 2016, as Fairlearn's ThresholdOptimizer searches it: the constrained rate on a grid, the
/// first of equally good points. Where a tolerance is given, each group takes its best point inside the window or box that
/// begins at the grid point; the value of the objective is concave in that point, so the search misses nothing between.
/// </remarks>
public static class RandomisedThresholds
{
    private const int Halvings = 48;

    /// <summary>Finds them.</summary>
    /// <param name="curves">One a group, at least one.</param>
    /// <param name="search">What is searched for.</param>
    public static ThresholdFit Fit(IReadOnlyList<GroupCurve> curves, ThresholdSearch search) => Fit(curves, Hulls(curves, search), search);

    /// <summary>Finds them on hulls that were built before, for searches that differ in tolerance and grid alone.</summary>
    internal static ThresholdFit Fit(IReadOnlyList<GroupCurve> curves, IReadOnlyList<UpperHull> hulls, ThresholdSearch search) =>
        search.Constraint != ParityConstraint.EqualizedOdds ? FitOneRate(curves, hulls, search)
        : search.Tolerance > 0 ? FitBox(curves, hulls, search)
        : FitOdds(curves, hulls, search);

    /// <summary>The hulls that a search looks at, one a group: of ROC curves for equalized odds, else of the objective over the rate.</summary>
    internal static UpperHull[] Hulls(IReadOnlyList<GroupCurve> curves, ThresholdSearch search) => search.Constraint == ParityConstraint.EqualizedOdds
        ? [.. curves.Select(curve => UpperHull.Of(curve, counts => counts.Fpr, counts => counts.Tpr))]
        : [.. curves.Select(curve => UpperHull.Of(
            curve, counts => counts.Constrained(search.Constraint), counts => counts.Objective(search.Objective, search.Costs)))];

    private static ThresholdFit FitOneRate(IReadOnlyList<GroupCurve> curves, IReadOnlyList<UpperHull> hulls, ThresholdSearch search)
    {
        double[] shares = ThresholdSearch.Shares(curves);
        double[] free = [.. hulls.Select(hull => hull.Best)];
        double best = double.NegativeInfinity;
        double at = 0;
        for (int step = 0; step <= search.Grid; step++)
        {
            double rate = search.At(step);
            double sum = 0;
            for (int group = 0; group < hulls.Count; group++)
            {
                sum += shares[group] * hulls[group].Value(Within(free[group], rate, search.Tolerance));
            }

            (best, at) = sum > best ? (sum, rate) : (best, at);
        }

        GroupRule[] rules = [.. curves.Select((curve, group) =>
        {
            ThresholdMix mix = hulls[group].At(Within(free[group], at, search.Tolerance));
            return new GroupRule(curve.Group, 0, 0, [mix.First, mix.Second]);
        })];
        return Result(curves, rules, at, best);
    }

    private static ThresholdFit FitOdds(IReadOnlyList<GroupCurve> curves, IReadOnlyList<UpperHull> hulls, ThresholdSearch search)
    {
        Confusion all = curves.Select(curve => curve.All).Aggregate(Confusion.Add);
        double best = double.NegativeInfinity;
        (double X, double Y) at = default;
        for (int step = 0; step <= search.Grid; step++)
        {
            double fpr = search.At(step);
            double tpr = hulls.Min(hull => hull.Value(fpr));
            Confusion counts = all with { TruePositives = tpr * all.Positives, FalsePositives = fpr * all.Negatives };
            double value = Math.Round(counts.Objective(search.Objective, search.Costs), 15);
            (best, at) = value > best ? (value, (fpr, tpr)) : (best, at);
        }

        return Result(curves, [.. curves.Select((curve, group) => Rule(curve.Group, hulls[group], at.X, at.Y))], at.X, at.Y);
    }

    private static ThresholdFit FitBox(IReadOnlyList<GroupCurve> curves, IReadOnlyList<UpperHull> hulls, ThresholdSearch search)
    {
        OddsBox[] boxes = [.. search.Slopes(curves).Zip(hulls, (slope, hull) => new OddsBox(hull, slope.Gain, slope.Price))];
        double best = double.NegativeInfinity;
        (double X, double Y) at = default;
        for (int step = 0; step <= search.Grid; step++)
        {
            double x = search.At(step);
            (double y, double value) = BestHeight(boxes, x, search.Tolerance);
            (best, at) = value > best ? (value, (x, y)) : (best, at);
        }

        GroupRule[] rules = [.. curves.Select((curve, group) =>
        {
            (double fpr, double tpr) = boxes[group].Best(at.X, at.Y, search.Tolerance)!.Value;
            return Rule(curve.Group, hulls[group], fpr, tpr);
        })];
        return Result(curves, rules, at.X, at.Y);
    }

    // The value is concave in the box's lower edge, so thirds close in on the best one.
    private static (double Y, double Value) BestHeight(OddsBox[] boxes, double x, double tolerance)
    {
        double low = Math.Max(0, x - tolerance);
        double high = boxes.Min(box => box.Hull.Value(Math.Min(1, x + tolerance)));
        (double Y, double Value) best = (low, Value(low));
        for (int i = 0; i < Halvings && low < high; i++)
        {
            double first = low + ((high - low) / 3);
            double second = high - ((high - low) / 3);
            double atFirst = Value(first);
            double atSecond = Value(second);
            best = atFirst > best.Value ? (first, atFirst) : best;
            best = atSecond > best.Value ? (second, atSecond) : best;
            (low, high) = atFirst < atSecond ? (first, high) : (low, second);
        }

        return best;

        double Value(double y)
        {
            double sum = 0;
            foreach (OddsBox box in boxes)
            {
                sum += box.Best(x, y, tolerance) is (double fpr, double tpr) ? (box.Gain * tpr) - (box.Price * fpr) : double.NegativeInfinity;
            }

            return sum;
        }
    }

    // A point under the hull: with the chance pIgnore the score is not looked at, and the share fpr is let through.
    private static GroupRule Rule(string group, UpperHull hull, double fpr, double tpr)
    {
        ThresholdMix mix = hull.At(fpr);
        double ignored = mix.Y - fpr > 0 ? Math.Clamp((mix.Y - tpr) / (mix.Y - fpr), 0, 1) : 0;
        return new GroupRule(group, ignored, fpr, [mix.First, mix.Second]);
    }

    private static double Within(double free, double low, double width) => Math.Clamp(free, low, Math.Min(1, low + width));

    private static ThresholdFit Result(IReadOnlyList<GroupCurve> curves, GroupRule[] rules, double x, double y) =>
        new(rules, [.. curves.Select((curve, group) => Expected(curve, rules[group]))], x, y);

    // Expected counts are linear in the chances of the rules, and each rule is a point of the curve.
    private static Confusion Expected(GroupCurve curve, GroupRule rule)
    {
        double truePositives = rule.PIgnore * rule.Constant * curve.All.Positives;
        double falsePositives = rule.PIgnore * rule.Constant * curve.All.Negatives;
        foreach (ThresholdRule part in rule.Rules)
        {
            Confusion counts = curve.Points.First(point => point.Rule.Op == part.Op && point.Rule.Threshold == part.Threshold).Counts;
            truePositives += (1 - rule.PIgnore) * part.P * counts.TruePositives;
            falsePositives += (1 - rule.PIgnore) * part.P * counts.FalsePositives;
        }

        return curve.All with { TruePositives = truePositives, FalsePositives = falsePositives };
    }
}
