namespace Governance.Audit.Explanations;

/// <summary>Lays the values of a row with players of its own under the players of all rows; what it does not have is 0.</summary>
internal static class WidenRow
{
    /// <summary>Widens.</summary>
    /// <param name="features">The players of all rows.</param>
    /// <param name="own">The row's, each one of them.</param>
    /// <param name="row">The row.</param>
    public static ExplainedRow To(IReadOnlyList<string> features, IReadOnlyList<string> own, ExplainedRow row)
    {
        if (features.SequenceEqual(own))
        {
            return row;
        }

        Dictionary<string, int> known = own.Select((name, place) => (name, place)).ToDictionary(player => player.name, player => player.place);
        int[] places = [.. features.Select(feature => known.GetValueOrDefault(feature, -1))];
        IReadOnlyList<double> Numbers(IReadOnlyList<double> values) => [.. places.Select(place => place < 0 ? 0 : values[place])];
        double[] nothing = new double[own.Count];
        return row with
        {
            Values = [.. row.Values.Select(Numbers)],
            StandardErrors = row.StandardErrors is null ? null : [.. row.StandardErrors.Select(Numbers)],
            Interval = row.Interval is null ? null
                : [.. row.Interval.Select(players => (IReadOnlyList<IReadOnlyList<double>>)[.. places.Select(place => place < 0 ? [0.0, 0.0] : players[place])])],
            Interactions = row.Interactions is null ? null
                : [.. row.Interactions.Select(table => (IReadOnlyList<IReadOnlyList<double>>)[.. places.Select(place => Numbers(place < 0 ? nothing : table[place]))])],
        };
    }
}
