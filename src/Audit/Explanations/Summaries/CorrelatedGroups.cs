using Governance.Audit.Statistics;

namespace Governance.Audit.Explanations.Summaries;

/// <summary>Players that say much the same, and what they do together.</summary>
/// <param name="Features">Two or more, in the order of the associations.</param>
/// <param name="Weakest">The association of the pair that is least alike, at least the limit.</param>
public sealed record CorrelatedGroup(IReadOnlyList<string> Features, double Weakest);

/// <summary>What a group of players moves the output by when their attributions are added up row by row.</summary>
/// <param name="Group">The group.</param>
/// <param name="MeanAbsolute">Mean |Σ attributions| over rows, in the units of the link.</param>
/// <param name="Interval">[low, high], 95 % of that mean; NaN with fewer than two rows.</param>
/// <param name="SumOfBars">The sum of the players' own mean |attribution|: never below <paramref name="MeanAbsolute"/>.</param>
public sealed record JointAttribution(CorrelatedGroup Group, double MeanAbsolute, IReadOnlyList<double> Interval, double SumOfBars)
{
    /// <summary>The share of the bars' sum that players of the group cancel in each other, in [0, 1].</summary>
    public double Cancelled => SumOfBars > 0 ? Math.Max(0, 1 - (MeanAbsolute / SumOfBars)) : 0;
}

/// <summary>Groups players whose columns say much the same.</summary>
/// <remarks>
/// Complete linkage: every pair of a group is at or above the limit, so a chain of half-alike columns makes no group.
/// Attribution divides among such players almost at will; what they do together is firmer than any bar of theirs.
/// </remarks>
public static class CorrelatedGroups
{
    /// <summary>The limit where nobody says another: about half of the (rank) variance is shared.</summary>
    public const double DefaultLimit = 0.7;

    /// <summary>Finds the groups. O(players³).</summary>
    /// <param name="features">Shape [players]: names.</param>
    /// <param name="associations">Shape [players, players], symmetric, in [0, 1].</param>
    /// <param name="limit">Above 0, at most 1.</param>
    /// <returns>Groups of two or more, the closest first.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the limit is outside its range.</exception>
    public static IReadOnlyList<CorrelatedGroup> Of(IReadOnlyList<string> features, double[,] associations, double limit)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(associations);
        if (!(limit > 0 && limit <= 1) || associations.GetLength(0) != features.Count || associations.GetLength(1) != features.Count)
        {
            throw new ArgumentException("Names, associations and limit do not fit each other.", nameof(associations));
        }

        List<int[]> groups = [.. Enumerable.Range(0, features.Count).Select(feature => (int[])[feature])];
        while (true)
        {
            (double link, int a, int b) best = (double.NegativeInfinity, -1, -1);
            for (int a = 0; a < groups.Count; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    double link = Weakest(groups[a], groups[b], associations);
                    best = link > best.link ? (link, b, a) : best;
                }
            }

            if (!(best.link >= limit))
            {
                return
                [
                    .. groups.Where(group => group.Length > 1)
                        .Select(group => new CorrelatedGroup([.. group.Order().Select(i => features[i])], Weakest(group, group, associations)))
                        .OrderByDescending(group => group.Weakest),
                ];
            }

            groups[best.a] = [.. groups[best.a], .. groups[best.b]];
            groups.RemoveAt(best.b);
        }
    }

    /// <summary>What each group does together.</summary>
    /// <param name="attributions">At least one row.</param>
    /// <param name="groups">Of its players.</param>
    /// <exception cref="ArgumentException">A group names a player that the attributions lack.</exception>
    public static IReadOnlyList<JointAttribution> Together(AttributionMatrix attributions, IReadOnlyList<CorrelatedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentNullException.ThrowIfNull(groups);
        List<string> known = [.. attributions.Features];
        return [.. groups.Select(Joint)];

        JointAttribution Joint(CorrelatedGroup group)
        {
            int[] places = [.. group.Features.Select(name => known.IndexOf(name))];
            if (places.Any(place => place < 0))
            {
                throw new ArgumentException("A group names a player that the attributions lack.", nameof(groups));
            }

            MeanEstimate together = default;
            double bars = 0;
            for (int row = 0; row < attributions.Count; row++)
            {
                ReadOnlySpan<double> values = attributions[row];
                double sum = 0;
                foreach (int place in places)
                {
                    sum += values[place];
                    bars += Math.Abs(values[place]) / attributions.Count;
                }

                together.Add(Math.Abs(sum), 1);
            }

            double half = attributions.Count < 2 ? double.NaN
                : together.StandardError * StudentQuantile.At(attributions.Count - 1, 0.975);
            return new JointAttribution(group, together.Value, [Math.Max(0, together.Value - half), together.Value + half], bars);
        }
    }

    private static double Weakest(int[] first, int[] second, double[,] associations)
    {
        double weakest = double.PositiveInfinity;
        foreach (int a in first)
        {
            foreach (int b in second)
            {
                weakest = a == b ? weakest : Math.Min(weakest, associations[a, b]);
            }
        }

        return weakest;
    }
}
