using Governance.Audit.Encodings;

namespace Governance.Audit.Mitigation;

/// <summary>A band around the threshold, and who is given the favourable outcome in it.</summary>
/// <param name="Low">The lowest score inside, inclusive.</param>
/// <param name="High">The highest score inside, inclusive.</param>
/// <param name="Rows">Rows of the fitted data inside.</param>
/// <param name="Deprived">The groups that are given the favourable outcome inside; all others are given the other one.</param>
public sealed record UncertainBand(double Low, double High, int Rows, IReadOnlyList<string> Deprived);

/// <summary>Reject option: near the threshold, where a model is least sure, the group that fares worse is given the favourable outcome.</summary>
/// <remarks>
/// Kamiran, Karim and Zhang, "Decision theory for discrimination-aware classification", ICDM 2012. Written as a threshold for
/// each group: at the threshold less the margin for those who gain by it, beyond the threshold plus the margin for the others.
/// Of the margins on a grid the one with the largest objective whose disparity is at most the tolerance, or else the one
/// with the smallest disparity; the smaller margin of equals.
/// </remarks>
public static class RejectBand
{
    /// <summary>Finds the margin. O(grid · groups · log rows).</summary>
    /// <param name="groups">The scores of each group.</param>
    /// <param name="threshold">From which score on (inclusive) the positive class is predicted without the band.</param>
    /// <param name="favourableIsPositive">Whether the positive class is the outcome that a person wants.</param>
    /// <param name="deprived">By group: whether it is given the favourable outcome in the band.</param>
    /// <param name="search">What is searched for; the grid counts margins up to the furthest score.</param>
    public static (ThresholdFit Fit, UncertainBand? Band) Fit(
        IReadOnlyList<ScoreTail> groups, double threshold, bool favourableIsPositive, IReadOnlyList<bool> deprived, ThresholdSearch search)
    {
        double furthest = groups.Max(group => group.Furthest(threshold));
        (double Margin, GroupRule[] Rules, Confusion[] Counts) best = (0, [], []);
        (bool Met, double Rank) rank = (false, double.NegativeInfinity);
        for (int step = 0; step <= search.Grid; step++)
        {
            double margin = furthest * search.At(step);
            GroupRule[] rules = [.. groups.Select((group, i) => Rule(group.Name, threshold, margin, deprived[i] == favourableIsPositive))];
            Confusion[] counts = [.. groups.Select((group, i) => Decided(group, rules[i].Rules[0]))];
            double disparity = Confusion.Disparity(counts, search.Constraint);
            bool met = disparity <= search.Tolerance;
            double value = met ? counts.Aggregate(Confusion.Add).Objective(search.Objective, search.Costs) : -disparity;
            if (best.Rules.Length == 0 || (met && !rank.Met) || (met == rank.Met && value > rank.Rank))
            {
                (best, rank) = ((margin, rules, counts), (met, value));
            }
        }

        double low = threshold - best.Margin;
        double high = threshold + best.Margin;
        UncertainBand? band = best.Margin == 0 ? null : new UncertainBand(
            low, high, groups.Sum(group => group.Count(low, high)),
            [.. groups.Where((_, i) => deprived[i]).Select(group => group.Name)]);
        double[] rates = [.. best.Counts.Select(counts => counts.Constrained(search.Constraint))];
        return (new ThresholdFit(best.Rules, best.Counts, rates.Min(), best.Counts.Aggregate(Confusion.Add).Objective(search.Objective, search.Costs)), band);
    }

    private static Confusion Decided(ScoreTail group, ThresholdRule rule) => group.Above(rule.Threshold!.Value, rule.Op == ThresholdOperator.AtLeast);

    // In the band the positive class is either always predicted or never; without one both rules are the threshold itself.
    private static GroupRule Rule(string group, double threshold, double margin, bool positiveInside) => new(group, 0, 0,
    [
        margin == 0 || positiveInside
            ? new ThresholdRule(1, ThresholdOperator.AtLeast, threshold - margin)
            : new ThresholdRule(1, ThresholdOperator.Above, threshold + margin),
    ]);
}
