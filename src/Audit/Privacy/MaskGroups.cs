using Governance.Audit.Fairness;

namespace Governance.Audit.Privacy;

/// <summary>A fairness report without groups of few rows, for people who see aggregates only. Pure.</summary>
/// <remarks>
/// A group goes with its figures, its comparisons and the summaries that hinge on it; further groups go where a small one
/// would follow from the others or from another attribute's table (<see cref="SuppressTable"/>). Intersections of three
/// and more attributes, slices and pooled tests are shown whole or not at all.
/// </remarks>
public static class MaskGroups
{
    /// <summary>Masks a report.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="smallest">k: groups of fewer rows are not shown.</param>
    /// <param name="hidden">The groups that are not shown, by attribute.</param>
    public static FairnessReport Run(FairnessReport report, int smallest, out IReadOnlyDictionary<string, IReadOnlySet<string>> hidden)
    {
        ArgumentNullException.ThrowIfNull(report);
        Dictionary<string, IReadOnlySet<string>> found = HiddenGroups.Of(report.Attributes, smallest);
        hidden = found;
        HashSet<string> open = [.. report.Slices.GroupBy(slice => SliceFamily(slice.Slice))
            .Where(family => family.All(slice => slice.Report.Attributes.All(attribute => attribute.Groups.All(group => group.Count == 0 || group.Count >= smallest))))
            .SelectMany(family => family.Select(slice => slice.Slice))];
        return found.Values.All(groups => groups.Count == 0) && open.Count == report.Slices.Count
            ? report
            : report with
            {
                Attributes = [.. report.Attributes.Select(attribute => Mask(attribute, found[attribute.Attribute]))],
                Slices = [.. report.Slices.Where(slice => open.Contains(slice.Slice))],
                Inequality = found.Values.All(groups => groups.Count == 0) ? report.Inequality : null,
            };
    }

    /// <summary>An attribute without these groups.</summary>
    private static AttributeFairness Mask(AttributeFairness attribute, IReadOnlySet<string> hidden)
    {
        if (hidden.Count == 0)
        {
            return attribute;
        }

        // A difference or ratio over all groups may be the hidden group's own: those over the groups with enough rows stay.
        IReadOnlyDictionary<string, double?>? supported = hidden.All(attribute.SmallGroups.Contains) ? attribute.SupportedSummary : null;
        return attribute with
        {
            Groups = [.. attribute.Groups.Where(group => !hidden.Contains(group.Group))],
            Tests = [.. attribute.Tests.Where(test => !hidden.Contains(test.GroupA) && !hidden.Contains(test.GroupB))],
            Summary = attribute.Summary.Keys.ToDictionary(metric => metric, metric => supported?.GetValueOrDefault(metric), StringComparer.Ordinal),
            SummaryIntervals = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal),
            SmallGroups = [.. attribute.SmallGroups.Where(group => !hidden.Contains(group))],
            Undefined = Without(attribute.Undefined, hidden),
            FewEvents = Without(attribute.FewEvents, hidden),
            Spreads = [.. attribute.Spreads.Where(spread => !hidden.Contains(spread.Lowest.Group) && !hidden.Contains(spread.Highest.Group)
                && (spread.Furthest is null || !hidden.Contains(spread.Furthest)))],
            Data = null,
            Impact = null, // shares add up to 1, and ratios tell the highest rate
            Inequality = null,
            Proxies = null,
            Flips = null,
            Stratified = null,
        };
    }

    private static IReadOnlyList<UndefinedMetric> Without(IReadOnlyList<UndefinedMetric> metrics, IReadOnlySet<string> hidden) =>
    [
        .. metrics.Select(metric => metric with { Groups = [.. metric.Groups.Where(group => !hidden.Contains(group))] })
            .Where(metric => metric.Groups.Count > 0),
    ];

    // "control: age=young" belongs to "control: age": its levels add up to all rows.
    private static string SliceFamily(string slice) => slice.Split('=')[0];
}
