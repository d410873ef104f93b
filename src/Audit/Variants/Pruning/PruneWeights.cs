namespace Governance.Audit.Variants.Pruning;

/// <summary>Sets the smallest weights to zero. Shapes stay, so that a file is smaller only where it is compressed.</summary>
internal static class PruneWeights
{
    /// <summary>Sets exactly the share to zero, rounded down, of each matrix or of all together.</summary>
    public static void Run(GraphEdit edit, double share, PruneScope scope)
    {
        WeightSite[] sites = [.. WeightSite.Of(edit.Graph).Where(site => site.Node.OpType != "Gather" && !edit.IsExcluded(site.Node))];
        (string Name, WeightSite[] Sites, float[] Values)[] matrices =
            [.. sites.GroupBy(site => site.Tensor.Name).Select(group => (group.Key, group.ToArray(), group.First().Values()))];
        if (scope == PruneScope.Layer)
        {
            foreach ((_, _, float[] values) in matrices)
            {
                Zero([.. Enumerable.Range(0, values.Length).Select(i => (values, i))], share);
            }
        }
        else
        {
            Zero([.. matrices.SelectMany(matrix => Enumerable.Range(0, matrix.Values.Length).Select(i => (matrix.Values, i)))], share);
        }

        foreach ((string name, WeightSite[] readers, float[] values) in matrices)
        {
            string pruned = edit.Floats($"{name}_pruned", values, [.. readers[0].Tensor.Dims]);
            edit.Stored(name, pruned);
            foreach (WeightSite site in readers)
            {
                site.Node.Input[site.Input] = pruned;
                edit.Touch(site.Node, $"{values.Count(value => value == 0):N0} of {values.Length:N0} weights are zero");
            }
        }
    }

    // Of equal sizes the first go first, so that the same file gives the same variant.
    private static void Zero((float[] Values, int At)[] places, double share)
    {
        int[] order = [.. Enumerable.Range(0, places.Length)];
        float[] sizes = [.. places.Select(place => Math.Abs(place.Values[place.At]))];
        Array.Sort(order, (a, b) => sizes[a] != sizes[b] ? sizes[a].CompareTo(sizes[b]) : a.CompareTo(b));
        foreach (int i in order.Take((int)(share * places.Length)))
        {
            places[i].Values[places[i].At] = 0;
        }
    }
}
