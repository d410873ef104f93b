namespace Governance.Audit.Copies;

/// <summary>Brings a suspect's classes into the model's order, as its scores show it: names may have been exchanged.</summary>
internal static class ClassMatch
{
    /// <summary>The suspect's scores with each column in the place of the model's column that it follows best.</summary>
    /// <returns>The scores, and whether columns had to move; null where the two have different numbers of classes.</returns>
    public static (ScoreTable Scores, bool Moved)? Align(ScoreTable suspect, ScoreTable model)
    {
        if (suspect.Width != model.Width || (suspect.Labels.Length == 0) != (model.Labels.Length == 0))
        {
            return null;
        }

        if (model.Width == 1)
        {
            bool turned = model.Labels.Length > 0 && ScoreAgreement.Correlate(suspect.Values, model.Values) < -0.2;
            return turned
                ? (new ScoreTable([.. suspect.Values.Select(value => -value)], 1, [.. suspect.Labels.Select(label => 1 - label)]), true)
                : (suspect, false);
        }

        int[] place = Places(suspect, model);
        if (place.Select((to, from) => to == from).All(same => same))
        {
            return (suspect, false);
        }

        double[] values = new double[suspect.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[(i / model.Width * model.Width) + place[i % model.Width]] = suspect.Values[i];
        }

        return (new ScoreTable(values, model.Width, [.. suspect.Labels.Select(label => label < 0 ? label : place[label])]), true);
    }

    // Greedy: the pair of columns that follow each other best first. Columns keep their place unless another is clearly better.
    private static int[] Places(ScoreTable suspect, ScoreTable model)
    {
        int width = model.Width;
        List<(double Worth, int From, int To)> pairs = [];
        for (int from = 0; from < width; from++)
        {
            for (int to = 0; to < width; to++)
            {
                double follows = ScoreAgreement.Correlate(Column(suspect, from), Column(model, to));
                pairs.Add((follows + (from == to ? 0.1 : 0), from, to));
            }
        }

        int[] place = new int[width];
        Array.Fill(place, -1);
        HashSet<int> taken = [];
        foreach ((double _, int from, int to) in pairs.OrderByDescending(pair => pair.Worth))
        {
            if (place[from] < 0 && !taken.Contains(to))
            {
                place[from] = to;
                taken.Add(to);
            }
        }

        return place;
    }

    private static double[] Column(ScoreTable table, int column) =>
        [.. Enumerable.Range(0, table.Rows).Select(row => table.Values[(row * table.Width) + column])];
}
