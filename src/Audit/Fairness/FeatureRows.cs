using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Training;

namespace Governance.Audit.Fairness;

/// <summary>Columns of readable data as numbers on a common scale: text as one column a level, numbers less their mean over their spread.</summary>
internal static class FeatureRows
{
    /// <summary>Of a column's levels the most frequent ones get a number each.</summary>
    public const int MostLevels = 20;

    /// <summary>The most numbers a row.</summary>
    public const int MostFeatures = 200;

    /// <summary>Rows drawn without replacement, ascending; all where there are no more.</summary>
    /// <param name="candidates">Ascending.</param>
    /// <param name="most">At least 1.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static int[] Sample(int[] candidates, int most, int seed)
    {
        if (candidates.Length <= most)
        {
            return candidates;
        }

        int[] pool = [.. candidates];
        SeededRandom random = new(seed, -2);
        for (int i = 0; i < most; i++)
        {
            int other = i + random.NextBelow(pool.Length - i);
            (pool[i], pool[other]) = (pool[other], pool[i]);
        }

        int[] drawn = pool[..most];
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>Makes the numbers; missing numbers become the mean. Null where no column can serve.</summary>
    /// <param name="columns">Columns of these rows alone.</param>
    public static TrainingRows? Make(IReadOnlyList<Column> columns)
    {
        List<string> names = [];
        List<float[]> values = [];
        foreach (Column column in columns)
        {
            IEnumerable<(string Name, float[] Values)> made = column is NumberColumn numbers ? [(column.Name, Scaled(numbers))] : Levels(column);
            foreach ((string name, float[] own) in made.Where(pair => pair.Values.AsSpan().ContainsAnyExcept(pair.Values[0])))
            {
                if (names.Count < MostFeatures)
                {
                    names.Add(name);
                    values.Add(own);
                }
            }
        }

        if (names.Count == 0)
        {
            return null;
        }

        float[] rows = new float[names.Count * columns[0].Count];
        for (int feature = 0; feature < names.Count; feature++)
        {
            for (int row = 0; row < columns[0].Count; row++)
            {
                rows[(row * names.Count) + feature] = values[feature][row];
            }
        }

        return new TrainingRows(names, rows);
    }

    private static float[] Scaled(NumberColumn column)
    {
        Statistics.MeanEstimate mean = default;
        foreach (double value in column.Values)
        {
            if (double.IsFinite(value))
            {
                mean.Add(value, 1);
            }
        }

        double spread = Math.Sqrt(mean.Variance);
        float[] scaled = new float[column.Count];
        for (int row = 0; row < scaled.Length; row++)
        {
            double value = column.Values[row];
            scaled[row] = double.IsFinite(value) && spread > 0 && double.IsFinite(spread) ? (float)((value - mean.Value) / spread) : 0;
        }

        return scaled;
    }

    private static IEnumerable<(string Name, float[] Values)> Levels(Column column)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int row = 0; row < column.Count; row++)
        {
            if (column.Text(row) is string text)
            {
                counts[text] = counts.GetValueOrDefault(text) + 1;
            }
        }

        return counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostLevels)
            .Select(pair => (
                $"{column.Name}={pair.Key}",
                Enumerable.Range(0, column.Count).Select(row => column.Text(row) == pair.Key ? 1f : 0f).ToArray()));
    }
}
