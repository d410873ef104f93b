using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Cohorts;

/// <summary>A figure of a part beside the same figure of all other rows.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Attribute">The attribute whose group it is of; null for a figure of all rows of the part.</param>
/// <param name="Group">The group; null likewise.</param>
/// <param name="Part">The part's value, with its interval or null.</param>
/// <param name="Rest">The value of the other rows, likewise.</param>
/// <param name="Difference">Part less rest.</param>
/// <param name="Interval">[low, high] of the difference; null where one of the two has no interval.</param>
public sealed record CohortContrast(
    string Metric, string? Attribute, string? Group, EstimatedValue Part, EstimatedValue Rest, double Difference, IReadOnlyList<double>? Interval)
{
    /// <summary>higher or lower where the interval leaves 0 out, else undecided; one figure of many, not adjusted for their number.</summary>
    public string Verdict => Interval switch { null => "undecided", [double low, _] when low > 0 => "higher", [_, double high] when high < 0 => "lower", _ => "undecided" };
}

/// <summary>A value with its interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Interval">[low, high], or null.</param>
public sealed record EstimatedValue(double Value, IReadOnlyList<double>? Interval);

/// <summary>Puts the figures of a part beside those of all other rows: the two share no row, so their intervals tell that of the difference. Pure.</summary>
public static class ContrastCohorts
{
    /// <summary>Metric by metric, in the order of the part's report.</summary>
    public static IReadOnlyList<CohortContrast> Of(PerformanceReport part, PerformanceReport rest)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(rest);
        return Pairs(null, null, part.Metrics, part.Intervals, rest.Metrics, rest.Intervals);
    }

    /// <summary>One metric, group by group of every attribute that both have.</summary>
    public static IReadOnlyList<CohortContrast> Of(FairnessReport part, FairnessReport rest, string metric)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(rest);
        return
        [
            .. from attribute in part.Attributes
               from other in rest.Attributes.Where(each => each.Attribute == attribute.Attribute)
               from mine in attribute.Groups
               from theirs in other.Groups.Where(each => each.Group == mine.Group)
               from contrast in Pairs(attribute.Attribute, mine.Group, Only(mine.Metrics, metric), mine.Intervals, theirs.Metrics, theirs.Intervals)
               select contrast,
        ];
    }

    private static Dictionary<string, double?> Only(IReadOnlyDictionary<string, double?> metrics, string metric) =>
        metrics.Where(pair => pair.Key == metric).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static IReadOnlyList<CohortContrast> Pairs(
        string? attribute, string? group,
        IReadOnlyDictionary<string, double?> part, IReadOnlyDictionary<string, IReadOnlyList<double>> partIntervals,
        IReadOnlyDictionary<string, double?> rest, IReadOnlyDictionary<string, IReadOnlyList<double>> restIntervals)
    {
        List<CohortContrast> contrasts = [];
        foreach ((string metric, double? value) in part)
        {
            if (value is double mine && rest.GetValueOrDefault(metric) is double theirs && double.IsFinite(mine) && double.IsFinite(theirs))
            {
                EstimatedValue first = new(mine, partIntervals.GetValueOrDefault(metric));
                EstimatedValue second = new(theirs, restIntervals.GetValueOrDefault(metric));
                contrasts.Add(new CohortContrast(metric, attribute, group, first, second, mine - theirs, Interval(first, second)));
            }
        }

        return contrasts;
    }

    private static IReadOnlyList<double>? Interval(EstimatedValue first, EstimatedValue second)
    {
        if (first.Interval is not [double low, double high] || second.Interval is not [double from, double to])
        {
            return null;
        }

        Interval interval = IndependentDifference.Compute(first.Value, new Interval(low, high), second.Value, new Interval(from, to));
        return [interval.Low, interval.High];
    }
}
