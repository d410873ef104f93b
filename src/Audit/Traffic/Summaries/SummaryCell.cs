using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>What was counted of some rows: a day, an hour, a window. Not safe for several threads.</summary>
internal sealed class SummaryCell
{
    private readonly Dictionary<(SummaryRole, string), NumberSummary> numbers = [];
    private readonly Dictionary<(SummaryRole, string), LevelSummary> levels = [];
    private readonly SortedDictionary<string, GroupSummary> groups = new(StringComparer.Ordinal);
    private readonly bool sketched;

    /// <summary>Begins without a row.</summary>
    /// <param name="sketched">Whether quantiles are wanted.</param>
    public SummaryCell(bool sketched) => this.sketched = sketched;

    public long Rows { get; private set; }

    public IReadOnlyCollection<NumberSummary> Numbers => numbers.Values;

    public IReadOnlyCollection<LevelSummary> Levels => levels.Values;

    public IReadOnlyCollection<GroupSummary> Groups => groups.Values;

    /// <summary>Adds rows.</summary>
    /// <param name="layout">Knows every column of the rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Add(SummaryLayout layout, DayRows rows, int from, int count)
    {
        Dictionary<string, Column> cells = rows.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (ColumnLayout column in layout.Columns)
        {
            double[]? values = column.Role switch
            {
                SummaryRole.Score => rows.Scores.FirstOrDefault(score => score.Class == column.Name)?.Values,
                SummaryRole.Latency => rows.Latency,
                _ => null,
            };
            Column? own = column.Role switch
            {
                SummaryRole.Feature => cells.GetValueOrDefault(column.Name),
                SummaryRole.Decision => rows.Decisions,
                _ => values is null ? null : new NumberColumn(column.Name, values),
            };
            if (!column.IsNumber)
            {
                Add(LevelOf(column), own, from, count);
            }
            else
            {
                Add(NumberOf(column), own, from, count);
            }

            if (column.IsGroup && own is not null)
            {
                CountGroups.Add(GroupOf(column.Name), column, own, rows, from, count);
            }
        }

        Rows += count;
    }

    /// <summary>Adds what was counted of other rows.</summary>
    public void Merge(SummaryCell other)
    {
        foreach (NumberSummary number in other.numbers.Values)
        {
            NumberOf(number.Layout).Merge(number);
        }

        foreach (LevelSummary level in other.levels.Values)
        {
            LevelOf(level.Layout).Merge(level);
        }

        foreach (GroupSummary group in other.groups.Values)
        {
            GroupOf(group.Column).Merge(group);
        }

        foreach (NumberSummary number in numbers.Values.Where(number => !other.numbers.ContainsKey((number.Role, number.Name))))
        {
            number.AddMissing(other.Rows);
        }

        foreach (LevelSummary level in levels.Values.Where(level => !other.levels.ContainsKey((level.Role, level.Name))))
        {
            level.AddMissing(other.Rows);
        }

        Rows += other.Rows;
    }

    /// <summary>Forgets the names of rare levels.</summary>
    public SummaryCell Finish()
    {
        foreach (LevelSummary level in levels.Values)
        {
            level.Finish();
        }

        return this;
    }

    public void Write(ByteSink sink, SummaryLayout layout)
    {
        sink.Count(Rows);
        foreach (ColumnLayout column in layout.Columns)
        {
            if (column.IsNumber)
            {
                NumberOf(column).Write(sink);
            }
            else
            {
                LevelOf(column).Write(sink);
            }
        }

        sink.Count(groups.Count);
        foreach (GroupSummary group in groups.Values)
        {
            group.Write(sink);
        }
    }

    public static SummaryCell Read(ref ByteSource source, SummaryLayout layout)
    {
        SummaryCell cell = new(true) { Rows = source.LongCount() };
        foreach (ColumnLayout column in layout.Columns)
        {
            if (column.IsNumber)
            {
                cell.numbers[(column.Role, column.Name)] = NumberSummary.Read(column, ref source);
            }
            else
            {
                cell.levels[(column.Role, column.Name)] = LevelSummary.Read(column, ref source);
            }
        }

        for (int left = source.Count(); left > 0; left--)
        {
            GroupSummary group = GroupSummary.Read(ref source);
            cell.groups[group.Column] = group;
        }

        return cell;
    }

    private static void Add(LevelSummary level, Column? cells, int from, int count)
    {
        if (cells is null)
        {
            level.AddMissing(count);
        }
        else
        {
            level.Add(cells, from, count);
        }
    }

    private static void Add(NumberSummary number, Column? cells, int from, int count)
    {
        switch (cells)
        {
            case null:
                number.AddMissing(count);
                break;
            case NumberColumn numbers:
                number.Add(numbers.Values.Slice(from, count), 0);
                break;
            default: // text where numbers are known: what is a number counts, the rest is told apart from missing cells
                double[] values = [.. Enumerable.Range(from, count).Select(cells.Number)];
                number.Add(values, Enumerable.Range(from, count).Count(row => !cells.IsMissing(row) && double.IsNaN(values[row - from])));
                break;
        }
    }

    private NumberSummary NumberOf(ColumnLayout column) =>
        numbers.TryGetValue((column.Role, column.Name), out NumberSummary? found) ? found
        : numbers[(column.Role, column.Name)] = Begun(column);

    // A column that earlier rows lacked was missing in all of them.
    private NumberSummary Begun(ColumnLayout column)
    {
        NumberSummary number = new(column, sketched);
        number.AddMissing(Rows);
        return number;
    }

    private LevelSummary LevelOf(ColumnLayout column)
    {
        if (!levels.TryGetValue((column.Role, column.Name), out LevelSummary? found))
        {
            found = levels[(column.Role, column.Name)] = new LevelSummary(column);
            found.AddMissing(Rows);
        }

        return found;
    }

    private GroupSummary GroupOf(string column) =>
        groups.TryGetValue(column, out GroupSummary? found) ? found : groups[column] = new GroupSummary(column);
}
