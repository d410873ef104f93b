using Governance.Audit.Fairness;

namespace Governance.Audit.Privacy;

/// <summary>Which groups of a report's attributes are not shown. Pure.</summary>
internal static class HiddenGroups
{
    /// <summary>By attribute; an entry for each, empty where all groups are shown.</summary>
    public static Dictionary<string, IReadOnlySet<string>> Of(IReadOnlyList<AttributeFairness> attributes, int smallest)
    {
        Dictionary<string, HashSet<string>> hidden = attributes.ToDictionary(each => each.Attribute, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        int before;
        do
        {
            before = hidden.Values.Sum(groups => groups.Count);
            foreach (AttributeFairness attribute in attributes)
            {
                Hide(attribute, smallest, hidden);
            }
        }
        while (hidden.Values.Sum(groups => groups.Count) > before);

        return hidden.ToDictionary(pair => pair.Key, pair => (IReadOnlySet<string>)pair.Value, StringComparer.Ordinal);
    }

    private static void Hide(AttributeFairness attribute, int smallest, Dictionary<string, HashSet<string>> hidden)
    {
        string[] names = attribute.Attribute.Split('|');
        HashSet<string> own = hidden[attribute.Attribute];
        if (names.Length == 1)
        {
            bool[] not = SuppressTable.Run([.. attribute.Groups.Select(group => group.Count)], smallest, [.. attribute.Groups.Select(group => own.Contains(group.Group))]);
            own.UnionWith(attribute.Groups.Where((_, at) => not[at]).Select(group => group.Group));
        }
        else if (names.Length == 2 && attribute.Groups.All(group => group.Group.Split('|').Length == 2))
        {
            HideTable(attribute, names, smallest, hidden);
        }
        else if (attribute.Groups.Any(group => group.Count > 0 && group.Count < smallest))
        {
            own.UnionWith(attribute.Groups.Select(group => group.Group));
        }
    }

    private static void HideTable(AttributeFairness attribute, string[] names, int smallest, Dictionary<string, HashSet<string>> hidden)
    {
        string[] first = [.. attribute.Groups.Select(group => group.Group.Split('|')[0]).Distinct()];
        string[] second = [.. attribute.Groups.Select(group => group.Group.Split('|')[1]).Distinct()];
        int[,] counts = new int[first.Length, second.Length];
        foreach (GroupMetrics group in attribute.Groups)
        {
            string[] levels = group.Group.Split('|');
            counts[Array.IndexOf(first, levels[0]), Array.IndexOf(second, levels[1])] = group.Count;
        }

        HashSet<string>? rows = hidden.GetValueOrDefault(names[0]);
        HashSet<string>? columns = hidden.GetValueOrDefault(names[1]);
        bool[,] not = SuppressTable.Run(
            counts, smallest, [.. first.Select(level => rows?.Contains(level) ?? false)], [.. second.Select(level => columns?.Contains(level) ?? false)]);
        foreach (GroupMetrics group in attribute.Groups)
        {
            string[] levels = group.Group.Split('|');
            if (not[Array.IndexOf(first, levels[0]), Array.IndexOf(second, levels[1])])
            {
                hidden[attribute.Attribute].Add(group.Group);
            }
        }

        rows?.UnionWith(first.Where((_, at) => not[at, second.Length]));
        columns?.UnionWith(second.Where((_, at) => not[first.Length, at]));
    }
}
