using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Explanations.Quality;

/// <summary>Rows that hardly differ from others: each number moved by a little of its column's own spread.</summary>
/// <remarks>Numbers keep the decimals of their column, so that whole numbers stay whole; levels and missing cells stay.</remarks>
internal static class NoisyRows
{
    /// <summary>Makes noisy copies of rows; null where no number can move by so little.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="population">Says how far numbers of a column spread.</param>
    /// <param name="columns">The columns that the model takes, of the population.</param>
    /// <param name="share">The noise's standard deviation over the spread.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="copy">Which copy.</param>
    public static Table? Make(
        Table table, Table population, IReadOnlyList<ReadableColumn> columns, double share, int seed, int copy)
    {
        bool moved = false;
        List<Column> made = [];
        foreach (Column column in table.Columns)
        {
            if (columns.FirstOrDefault(each => each.Name == column.Name) is { IsNumeric: true } readable && column is NumberColumn numbers)
            {
                double[] noisy = Moved(numbers, (NumberColumn)population.Need(column.Name), readable, share, seed, copy);
                moved |= !noisy.AsSpan().SequenceEqual(numbers.Values);
                made.Add(new NumberColumn(column.Name, noisy));
            }
            else
            {
                made.Add(column);
            }
        }

        return moved ? new Table(made) : null;
    }

    private static double[] Moved(NumberColumn numbers, NumberColumn population, ReadableColumn column, double share, int seed, int copy)
    {
        double[] sorted = [.. population.Values.ToArray().Where(double.IsFinite).Order()];
        (double scale, _) = ColumnScale.Of(sorted);
        int decimals = column.WholeOnly ? 0 : ColumnScale.Decimals(sorted, scale);
        double[] moved = numbers.Values.ToArray();
        for (int row = 0; row < moved.Length; row++)
        {
            // One stream a cell, named by column and row, so that a column more or less changes no other.
            SeededRandom random = new(seed, (long)SeededRandom.Mix((ulong)(((long)copy * moved.Length) + row) ^ NameHash(column.Name)));
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (double.IsFinite(moved[row]) && sorted.Length > 0)
            {
                double next = Math.Round(moved[row] + (share * scale * noise), decimals);
                double kept = Math.Round(moved[row], decimals);
                moved[row] = next == kept ? moved[row] : Math.Clamp(next, Math.Min(sorted[0], moved[row]), Math.Max(sorted[^1], moved[row]));
            }
        }

        return moved;
    }

    // FNV-1a over UTF-16: string.GetHashCode differs from run to run.
    private static ulong NameHash(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in name)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash;
    }
}
