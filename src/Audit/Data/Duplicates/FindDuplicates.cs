namespace Governance.Audit.Data.Duplicates;

/// <summary>Finds rows that a table repeats, and rows that it shares with another: leaks between training and test.</summary>
/// <remarks>Time O(rows × columns), memory about 50 bytes a row beside the tables; exact up to the fingerprints' 128 bits.</remarks>
public static class FindDuplicates
{
    /// <summary>The examples in a report.</summary>
    public const int MostExamples = 20;

    /// <summary>Compares.</summary>
    /// <param name="a">The table asked about, such as the test data.</param>
    /// <param name="b">The other one, such as the training data; null to look within <paramref name="a"/> only.</param>
    /// <param name="label">The label column, or null.</param>
    /// <param name="ignore">Columns that do not count, such as row numbers and times.</param>
    /// <param name="pair">Told of every shared row of <paramref name="a"/> with its partner; null for nobody.</param>
    /// <exception cref="InputException">A table lacks the label, or the tables share no other column.</exception>
    public static DuplicateReport Run(Table a, Table? b, string? label, IReadOnlyCollection<string> ignore, Action<RowPair>? pair)
    {
        if (label is not null)
        {
            a.Need(label);
            b?.Need(label);
        }

        string[] columns =
        [
            .. a.Columns.Select(column => column.Name)
                .Where(name => name != label && !ignore.Contains(name) && (b is null || b.Find(name) is not null)),
        ];
        if (columns.Length == 0)
        {
            throw new InputException(b is null ? "No column is left to compare." : "The two files have no column in common that could be compared.");
        }

        Side first = new(a, columns, label);
        Side? second = b is null ? null : new Side(b, columns, label);
        return new DuplicateReport(
            columns, label, first.Repeats(), second?.Repeats(), second is null ? null : Shared(first, second, pair));
    }

    private static SharedRows Shared(Side a, Side b, Action<RowPair>? pair)
    {
        int shared = 0, same = 0;
        List<RowPair> examples = [];
        for (int row = 0; row < a.Table.Rows; row++)
        {
            int partner = b.Features.Find(a.FeatureHashes[row]);
            if (partner < 0)
            {
                continue;
            }

            int twin = a.Label is null ? -1 : b.Whole.Find(a.WholeHashes[row]);
            shared++;
            same += twin >= 0 ? 1 : 0;
            RowPair found = new(a.Table.Line(row), b.Table.Line(twin >= 0 ? twin : partner), a.Label is null ? null : twin >= 0);
            pair?.Invoke(found);
            if (examples.Count < MostExamples)
            {
                examples.Add(found);
            }
        }

        int ofOther = 0;
        for (int row = 0; row < b.Table.Rows; row++)
        {
            ofOther += a.Features.Find(b.FeatureHashes[row]) >= 0 ? 1 : 0;
        }

        bool labelled = a.Label is not null;
        return new SharedRows(
            shared, a.Table.Rows == 0 ? 0 : (double)shared / a.Table.Rows, labelled ? same : null, labelled ? shared - same : null,
            ofOther, a.ShareByChance(b.Table.Rows), examples);
    }

    // One table with its fingerprints, with and without the label.
    private sealed class Side
    {
        public Side(Table table, string[] columns, string? label)
        {
            Table = table;
            Label = label;
            FeatureHashes = RowHashes.Of(table, columns);
            Features = new RowIndex(FeatureHashes);
            WholeHashes = label is null ? FeatureHashes : RowHashes.Of(table, [.. columns, label]);
            Whole = label is null ? Features : new RowIndex(WholeHashes);
        }

        public Table Table { get; }

        public string? Label { get; }

        public RowHashes FeatureHashes { get; }

        public RowIndex Features { get; }

        public RowHashes WholeHashes { get; }

        public RowIndex Whole { get; }

        public RepeatedRows Repeats()
        {
            int[] counts = Counts(Whole);
            List<RowPair> examples = [];
            for (int row = 0; row < Table.Rows && examples.Count < MostExamples; row++)
            {
                if (Whole.FirstOf[row] != row)
                {
                    examples.Add(new RowPair(Table.Line(row), Table.Line(Whole.FirstOf[row]), Label is null ? null : true));
                }
            }

            return new RepeatedRows(
                Table.Rows, counts.Sum(count => Math.Max(0, count - 1)), counts.Count(count => count > 1),
                counts.Length == 0 ? 0 : counts.Max(), Label is null ? null : Contradicting(), examples);
        }

        /// <summary>The share of rows that would have a partner among so many others of the same population.</summary>
        public double ShareByChance(int others)
        {
            int repeated = Counts(Features).Where(count => count > 1).Sum();
            return Table.Rows < 2 ? 0 : Math.Min(1, (double)repeated / Table.Rows * others / (Table.Rows - 1));
        }

        // A group of equal features contradicts itself where one of its rows differs in the label from the group's first.
        private int Contradicting()
        {
            bool[] mixed = new bool[Table.Rows];
            for (int row = 0; row < mixed.Length; row++)
            {
                int first = Features.FirstOf[row];
                mixed[first] |= Whole.FirstOf[row] != Whole.FirstOf[first];
            }

            return Features.FirstOf.Count(first => mixed[first]);
        }

        private static int[] Counts(RowIndex index)
        {
            int[] counts = new int[index.FirstOf.Length];
            foreach (int first in index.FirstOf)
            {
                counts[first]++;
            }

            return counts;
        }
    }
}
