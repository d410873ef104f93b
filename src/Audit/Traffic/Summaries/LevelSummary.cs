using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>What was counted of a column of text. Merges with what was counted of other rows.</summary>
/// <remarks>
/// A level that the reference lacks is kept by name only where at least <see cref="SmallestNamed"/> rows of one day bear it: a
/// summary outlives its rows, and must not tell of single persons. Not safe for several threads.
/// </remarks>
public sealed class LevelSummary
{
    /// <summary>The fewest rows of a day by which a level is named that the reference lacks.</summary>
    public const int SmallestNamed = 10;

    /// <summary>The most levels that are named beside those of the reference; of more the most frequent.</summary>
    public const int MostOthers = 50;

    private readonly long[] known;
    private readonly Dictionary<string, long> others = new(StringComparer.Ordinal);

    internal LevelSummary(ColumnLayout layout)
    {
        Layout = layout;
        known = new long[layout.Levels.Count];
    }

    /// <summary>The column's name.</summary>
    public string Name => Layout.Name;

    public SummaryRole Role => Layout.Role;

    /// <summary>The levels of the reference, the most frequent first; at most <see cref="ColumnLayout.MostLevels"/>.</summary>
    public IReadOnlyList<string> Levels => Layout.Levels;

    /// <summary>Rows of each level of the reference.</summary>
    public IReadOnlyList<long> Counts => known;

    /// <summary>Rows of named levels that the reference lacks (or of all where there is no reference).</summary>
    public IReadOnlyDictionary<string, long> Others => others;

    /// <summary>Rows of other levels that are not named.</summary>
    public long Rest { get; private set; }

    /// <summary>Rows without a value.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows with a value.</summary>
    public long Count => known.Sum() + others.Values.Sum() + Rest;

    /// <summary>All named levels with their rows, the most frequent first.</summary>
    public IReadOnlyList<(string Level, long Rows)> Named =>
        [.. Levels.Zip(known).Concat(others.Select(pair => (pair.Key, pair.Value))).Where(pair => pair.Item2 > 0).OrderByDescending(pair => pair.Item2)];

    internal ColumnLayout Layout { get; }

    /// <summary>Adds the cells of some rows.</summary>
    /// <param name="column">Text or numbers; a number is the level that it is spelt as.</param>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many.</param>
    internal void Add(Column column, int from, int rows)
    {
        if (column is TextColumn text)
        {
            long[] counts = new long[text.Levels.Count];
            foreach (int code in text.Codes.Slice(from, rows))
            {
                if (code < 0)
                {
                    Missing++;
                }
                else
                {
                    counts[code]++;
                }
            }

            for (int code = 0; code < counts.Length; code++)
            {
                Add(text.Levels[code], counts[code]);
            }

            return;
        }

        foreach (IGrouping<string?, int> group in Enumerable.Range(from, rows).GroupBy(column.Text))
        {
            Add(group.Key, group.Count());
        }
    }

    internal void AddMissing(long rows) => Missing += rows;

    internal void Merge(LevelSummary other)
    {
        for (int i = 0; i < other.known.Length; i++)
        {
            Add(other.Levels[i], other.known[i]);
        }

        foreach ((string level, long rows) in other.others)
        {
            Add(level, rows);
        }

        Rest += other.Rest;
        Missing += other.Missing;
        Shorten(1);
    }

    /// <summary>Forgets the names of rare levels: done once, when a day's rows are all in.</summary>
    internal void Finish() => Shorten(Role == SummaryRole.Decision ? 1 : SmallestNamed);

    internal void Write(ByteSink sink)
    {
        sink.Count(Missing);
        sink.Count(Rest);
        foreach (long count in known)
        {
            sink.Count(count);
        }

        sink.Count(others.Count);
        foreach ((string level, long rows) in others)
        {
            sink.Text(level);
            sink.Count(rows);
        }
    }

    internal static LevelSummary Read(ColumnLayout layout, ref ByteSource source)
    {
        LevelSummary read = new(layout) { Missing = source.LongCount(), Rest = source.LongCount() };
        for (int i = 0; i < read.known.Length; i++)
        {
            read.known[i] = source.LongCount();
        }

        for (int left = source.Count(); left > 0; left--)
        {
            string level = source.Text();
            read.others[level] = source.LongCount();
        }

        return read;
    }

    private void Add(string? level, long rows)
    {
        if (level is null)
        {
            Missing += rows;
        }
        else if (rows > 0)
        {
            if (Layout.IndexOf(level) is int at and >= 0)
            {
                known[at] += rows;
            }
            else if (Layout.Counts)
            {
                Rest += rows;
            }
            else
            {
                others[level] = others.GetValueOrDefault(level) + rows;
            }
        }
    }

    private void Shorten(long least)
    {
        foreach ((string level, long rows) in others.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Where((pair, place) => place >= MostOthers || pair.Value < least).ToArray())
        {
            others.Remove(level);
            Rest += rows;
        }
    }
}
