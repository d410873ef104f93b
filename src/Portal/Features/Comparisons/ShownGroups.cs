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
    [
        .. report.Groups.GroupBy(group => group.Attribute).SelectMany(attribute =>
            attribute.Zip(SuppressTable.Run([.. attribute.Select(group => group.Count)], least), (group, hidden) => (group, hidden)))
            .Where(pair => !pair.hidden).Select(pair => pair.group),
    ];
}
