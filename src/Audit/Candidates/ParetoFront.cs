namespace Governance.Audit.Candidates;

/// <summary>Places candidates by several metrics at once, with the uncertainty of each.</summary>
/// <remarks>
/// Pareto dominance: one is at least as good in every metric and better in at least one. It is sure where in every metric
/// the worse end of the one's interval is no worse than the better end of the other's, and in at least one strictly better;
/// two counted values, such as bytes, need only be no worse. The intervals of two candidates are of the same rows, so their
/// errors largely cancel and this rule says "not separable" more often than a paired comparison would; it never says
/// "dominated" where that one would not. What was measured in turns with another candidate is compared as multiples of that
/// one (<see cref="CandidateFigure.Beside"/>). O(candidates² · metrics).
/// </remarks>
public static class ParetoFront
{
    /// <summary>Places all candidates.</summary>
    /// <param name="candidates">Any number, each with its own name.</param>
    /// <param name="metrics">At least one.</param>
    /// <returns>In the order given.</returns>
    public static IReadOnlyList<PlacedCandidate> Place(IReadOnlyList<Candidate> candidates, IReadOnlyList<CandidateMetric> metrics)
    {
        ArgumentOutOfRangeException.ThrowIfZero(metrics.Count, nameof(metrics));
        Candidate[] whole = [.. candidates.Where(candidate => metrics.All(metric => candidate.Figures.ContainsKey(metric.Key)))];
        return [.. candidates.Select(candidate =>
        {
            string[] missing = [.. metrics.Where(metric => !candidate.Figures.ContainsKey(metric.Key)).Select(metric => metric.Key)];
            if (missing.Length > 0)
            {
                return new PlacedCandidate(candidate.Name, FrontPlace.Incomplete, [], missing);
            }

            string[] surely = [.. whole.Where(other => Dominates(other, candidate, metrics, sure: true)).Select(other => other.Name)];
            string[] likely = surely.Length > 0 ? [] : [.. whole.Where(other => Dominates(other, candidate, metrics, sure: false)).Select(other => other.Name)];
            return surely.Length > 0 ? new PlacedCandidate(candidate.Name, FrontPlace.Dominated, surely, [])
                : new PlacedCandidate(candidate.Name, likely.Length > 0 ? FrontPlace.NotSeparable : FrontPlace.Front, likely, []);
        })];
    }

    private static bool Dominates(Candidate one, Candidate other, IReadOnlyList<CandidateMetric> metrics, bool sure)
    {
        bool better = false;
        foreach (CandidateMetric metric in metrics)
        {
            int side = Compare(one.Figures[metric.Key], other.Figures[metric.Key], metric.LowerIsBetter, sure);
            if (side < 0)
            {
                return false;
            }

            better |= side > 0;
        }

        return better;
    }

    // 1 better, 0 as good, -1 worse or not told apart.
    private static int Compare(CandidateFigure one, CandidateFigure other, bool lower, bool sure)
    {
        if (sure && (one.Beside ?? other.Beside) is not null)
        {
            string? common = one.Beside?.Keys.Where(name => other.Beside?.ContainsKey(name) == true).Order(StringComparer.Ordinal).FirstOrDefault();
            return common is null ? -1 : Compare(one.Beside![common], other.Beside![common], lower, sure);
        }

        double sign = lower ? -1 : 1;
        if (!sure || (one.Exact && other.Exact))
        {
            return Math.Sign(sign * (one.Value - other.Value));
        }

        (double worst, double best) = (End(one, lower), End(other, !lower));
        return double.IsNaN(worst) || double.IsNaN(best) ? -1
            : sign * worst > sign * best ? 1
            : worst == best ? 0
            : -1;
    }

    // The high or the low end; an estimate without an interval may lie anywhere.
    private static double End(CandidateFigure figure, bool high) =>
        figure.Exact ? figure.Value : figure.Interval is { } interval ? interval[high ? 1 : 0] : double.NaN;
}
