namespace Governance.Audit.Inference.Forms;

/// <summary>Sets of input elements as ascending arrays, shared wherever they can be.</summary>
internal static class SourceSets
{
    /// <summary>The empty set.</summary>
    public static int[] Empty { get; } = [];

    /// <summary>All that are in one of the sets.</summary>
    public static int[] Union(IEnumerable<int[]> sets)
    {
        int[] first = Empty;
        HashSet<int>? all = null;
        foreach (int[] set in sets)
        {
            if (set.Length == 0 || ReferenceEquals(set, first))
            {
                continue;
            }

            if (first.Length == 0)
            {
                first = set;
                continue;
            }

            all ??= [.. first];
            all.UnionWith(set);
        }

        return all is null || all.Count == first.Length ? first : [.. all.Order()];
    }
}
