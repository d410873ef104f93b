using Governance.Audit.Comparisons;
using Governance.Audit.Privacy;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Which groups of a comparison a role may see. Pure.</summary>
internal static class ShownGroups
{
    /// <summary>Those of enough rows; where one is left out, another of its attribute goes with it, because it would follow from the rest.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="least">The fewest rows of a group that is shown; 0 shows all.</param>
    public static IReadOnlyList<GroupFlips> Of(ComparisonReport report, int least) =>
        Of(report.Groups, group => group.Attribute, group => group.Count, least);

    /// <summary>The same of shifts of scores.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="least">The fewest rows of a group that is shown; 0 shows all.</param>
    public static IReadOnlyList<GroupShift> ShiftsOf(ComparisonReport report, int least) =>
        Of(report.Shifts, group => group.Attribute, group => group.Count, least);

    private static IReadOnlyList<TGroup> Of<TGroup>(IReadOnlyList<TGroup> groups, Func<TGroup, string> attribute, Func<TGroup, int> count, int least) =>
    [
        .. groups.GroupBy(attribute).SelectMany(each =>
            each.Zip(SuppressTable.Run([.. each.Select(count)], least), (group, hidden) => (group, hidden)))
            .Where(pair => !pair.hidden).Select(pair => pair.group),
    ];
}
