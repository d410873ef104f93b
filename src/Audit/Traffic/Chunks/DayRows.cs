using Governance.Audit.Data;

namespace Governance.Audit.Traffic.Chunks;

/// <summary>Rows as chunks hold them: by columns, in the order of their times.</summary>
internal sealed class DayRows
{
    /// <summary>Shape [rows].</summary>
    public required string[] Ids { get; init; }

    /// <summary>Shape [rows]: microseconds since year 1, UTC; ascending.</summary>
    public required long[] Times { get; init; }

    /// <summary>Keyed digests of ids and contents.</summary>
    public required RowPrints Prints { get; init; }

    public IReadOnlyList<Column> Columns { get; init; } = [];

    public IReadOnlyList<ScoreColumn> Scores { get; init; } = [];

    public TextColumn? Decisions { get; init; }

    public double[]? Latency { get; init; }

    /// <summary>How many.</summary>
    public int Rows => Ids.Length;

    /// <summary>A batch as rows, not sorted yet.</summary>
    public static DayRows Of(TrafficBatch batch, RowPrints prints) => new()
    {
        Ids = batch.Ids as string[] ?? [.. batch.Ids],
        Times = MicrosOf(batch.Times),
        Prints = prints,
        Columns = batch.Columns?.Columns ?? [],
        Scores = batch.Scores,
        Decisions = batch.Decisions,
        Latency = batch.Latency,
    };

    /// <summary>Some of the rows, in this order.</summary>
    public DayRows Take(int[] rows) => new()
    {
        Ids = Pick(Ids, rows),
        Times = Pick(Times, rows),
        Prints = new RowPrints(Pick(Prints.Ids, rows), Pick(Prints.Contents, rows)),
        Columns = [.. Columns.Select(column => Compact(column.Take(rows)))],
        Scores = [.. Scores.Select(score => score with { Values = Pick(score.Values, rows) })],
        Decisions = Decisions is null ? null : (TextColumn)Compact(Decisions.Take(rows)),
        Latency = Latency is null ? null : Pick(Latency, rows),
    };

    /// <summary>Rows of several chunks as one, in the order of their times. A column that some lack is missing there.</summary>
    public static DayRows Join(IReadOnlyList<DayRows> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        int[] counts = [.. parts.Select(part => part.Rows)];
        DayRows all = new()
        {
            Ids = [.. parts.SelectMany(part => part.Ids)],
            Times = [.. parts.SelectMany(part => part.Times)],
            Prints = new RowPrints([.. parts.SelectMany(part => part.Prints.Ids)], [.. parts.SelectMany(part => part.Prints.Contents)]),
            Columns =
            [
                .. parts.SelectMany(part => part.Columns.Select(column => column.Name)).Distinct(StringComparer.Ordinal)
                    .Select(name => JoinColumns.Run(name, [.. parts.Select(part => part.Columns.FirstOrDefault(column => column.Name == name))], counts)),
            ],
            Scores =
            [
                .. parts.SelectMany(part => part.Scores.Select(score => score.Class)).Distinct(StringComparer.Ordinal)
                    .Select(name => new ScoreColumn(name, JoinColumns.Numbers([.. parts.Select(part => part.Scores.FirstOrDefault(score => score.Class == name)?.Values)], counts))),
            ],
            Decisions = parts.All(part => part.Decisions is null) ? null
                : (TextColumn)JoinColumns.Run("decision", [.. parts.Select(part => (Column?)part.Decisions)], counts),
            Latency = parts.All(part => part.Latency is null) ? null : JoinColumns.Numbers([.. parts.Select(part => part.Latency)], counts),
        };
        return all.InOrder();
    }

    /// <summary>The same rows in the order of their times; rows of one time keep theirs.</summary>
    public DayRows InOrder()
    {
        bool sorted = true;
        for (int row = 1; row < Times.Length && sorted; row++)
        {
            sorted = Times[row - 1] <= Times[row];
        }

        return sorted ? this : Take([.. Enumerable.Range(0, Rows).OrderBy(row => Times[row])]);
    }

    /// <summary>The time of a row.</summary>
    public static DateTimeOffset TimeOf(long micros) => new(micros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>Microseconds since year 1, UTC.</summary>
    public static long MicrosOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The UTC day of a time.</summary>
    public static DateOnly DayOf(long micros) => DateOnly.FromDayNumber((int)(micros / (TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond)));

    private static long[] MicrosOf(IReadOnlyList<DateTimeOffset> times)
    {
        long[] micros = new long[times.Count];
        for (int row = 0; row < micros.Length; row++)
        {
            micros[row] = MicrosOf(times[row]);
        }

        return micros;
    }

    private static T[] Pick<T>(T[] values, int[] rows)
    {
        T[] picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }

    // A day's rows keep the texts that occur in them alone: a chunk must not hold another day's names.
    private static Column Compact(Column column)
    {
        if (column is not TextColumn text)
        {
            return column;
        }

        int[] place = new int[text.Levels.Count];
        List<string> levels = [];
        int[] codes = new int[text.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            int code = text.Codes[row];
            if (code >= 0 && place[code] == 0)
            {
                levels.Add(text.Levels[code]);
                place[code] = levels.Count;
            }

            codes[row] = code < 0 ? -1 : place[code] - 1;
        }

        return new TextColumn(text.Name, codes, [.. levels]);
    }
}
