using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>What was counted of the rows of one group.</summary>
/// <remarks>Not safe for several threads.</remarks>
public sealed class GroupCount
{
    private readonly Dictionary<string, long> decisions = new(StringComparer.Ordinal);

    /// <summary>Rows of the group.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows by decision.</summary>
    public IReadOnlyDictionary<string, long> Decisions => decisions;

    /// <summary>Rows with a score (of the first class that has one).</summary>
    public long Scored { get; private set; }

    /// <summary>The sum of those scores.</summary>
    public double ScoreSum { get; private set; }

    /// <summary>The sum of their squares.</summary>
    public double ScoreSquares { get; private set; }

    internal void Add(string? decision, long rows, long scored, double sum, double squares)
    {
        Rows += rows;
        Scored += scored;
        ScoreSum += sum;
        ScoreSquares += squares;
        if (decision is not null)
        {
            decisions[decision] = decisions.GetValueOrDefault(decision) + rows;
        }
    }

    internal void Merge(GroupCount other)
    {
        Add(null, other.Rows, other.Scored, other.ScoreSum, other.ScoreSquares);
        foreach ((string decision, long rows) in other.decisions)
        {
            decisions[decision] = decisions.GetValueOrDefault(decision) + rows;
        }
    }

    internal void Write(ByteSink sink)
    {
        sink.Count(Rows);
        sink.Count(Scored);
        sink.Double(ScoreSum);
        sink.Double(ScoreSquares);
        sink.Count(decisions.Count);
        foreach ((string decision, long rows) in decisions)
        {
            sink.Text(decision);
            sink.Count(rows);
        }
    }

    internal static GroupCount Read(ref ByteSource source)
    {
        GroupCount read = new() { Rows = source.LongCount(), Scored = source.LongCount(), ScoreSum = source.Double(), ScoreSquares = source.Double() };
        for (int left = source.Count(); left > 0; left--)
        {
            string decision = source.Text();
            read.decisions[decision] = source.LongCount();
        }

        return read;
    }
}

/// <summary>Rows by the groups of a protected column, and what was decided about them.</summary>
public sealed class GroupSummary
{
    /// <summary>The most groups; rows of further ones are counted as <see cref="Other"/>.</summary>
    public const int MostGroups = 100;

    /// <summary>The group of whatever is not named.</summary>
    public const string Other = "other";

    private readonly SortedDictionary<string, GroupCount> groups = new(StringComparer.Ordinal);

    internal GroupSummary(string column) => Column = column;

    /// <summary>The protected column.</summary>
    public string Column { get; }

    /// <summary>By level; of a column of many numbers by bin, such as "[30, 45)". Rows without a value belong to none.</summary>
    public IReadOnlyDictionary<string, GroupCount> Groups => groups;

    internal GroupCount Of(string level)
    {
        if (groups.TryGetValue(level, out GroupCount? found))
        {
            return found;
        }

        string name = groups.Count < MostGroups ? level : Other;
        return groups.TryGetValue(name, out found) ? found : groups[name] = new GroupCount();
    }

    internal void Merge(GroupSummary other)
    {
        foreach ((string level, GroupCount count) in other.groups)
        {
            Of(level).Merge(count);
        }
    }

    internal void Write(ByteSink sink)
    {
        sink.Text(Column);
        sink.Count(groups.Count);
        foreach ((string level, GroupCount count) in groups)
        {
            sink.Text(level);
            count.Write(sink);
        }
    }

    internal static GroupSummary Read(ref ByteSource source)
    {
        GroupSummary read = new(source.Text());
        for (int left = source.Count(); left > 0; left--)
        {
            string level = source.Text();
            read.groups[level] = GroupCount.Read(ref source);
        }

        return read;
    }
}
