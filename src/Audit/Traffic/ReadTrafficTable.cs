using System.Globalization;
using Governance.Audit.Data;
using Governance.Registry.Datasets;

namespace Governance.Audit.Traffic;

/// <summary>Reads batches of rows and of labels from files of any format that is known.</summary>
public static class ReadTrafficTable
{
    /// <summary>What one file may hold: a batch, not a data set.</summary>
    public static DataLimits Limits { get; } = new() { Rows = TrafficBatch.MaxRows, Columns = TrafficBatch.MaxColumns, Bytes = 1L << 30, TableBytes = 512L << 20, OpenObjects = true };

    private const double Seconds = 1e11; // numbers below are seconds since 1970, until the year 5138
    private const double Milliseconds = 1e14; // numbers below are milliseconds, above microseconds

    /// <summary>Reads rows.</summary>
    /// <param name="stream">CSV, JSON Lines and what else is known, gzip or not.</param>
    /// <param name="names">What the columns are called.</param>
    /// <param name="reference">The columns of the reference data: text among them is read as it is spelt, with its marks of missing cells. Labels are left out.</param>
    /// <param name="positive">The class of a score that names none; null where nobody knows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The bytes cannot be read, or a row lacks its id or time; the sentence says where.</exception>
    public static TrafficBatch Rows(
        Stream stream, TrafficNames names, IReadOnlyList<DatasetColumn> reference, string? positive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        IReadOnlyList<ColumnRule> special = names.Rules();
        HashSet<string> taken = [.. special.Select(rule => rule.Name)];
        Table table = TableFile.Read(
            stream, [.. special, .. reference.Where(column => !taken.Contains(column.Name)).Select(RuleOf)], Limits, cancellationToken);
        Column id = names.IdOf(table);
        Column time = names.TimeOf(table);
        Column? decision = names.DecisionOf(table);
        Column? latency = names.LatencyOf(table);
        IReadOnlyList<(string Class, Column Column)> scores = names.ScoresOf(table, positive);
        HashSet<string> gone =
        [
            id.Name, time.Name, .. decision is null ? (string[])[] : [decision.Name], .. latency is null ? (string[])[] : [latency.Name],
            .. scores.Select(score => score.Column.Name), .. reference.Where(column => column.Role == ColumnRole.Label).Select(column => column.Name),
        ];
        string[] features = [.. table.Columns.Select(column => column.Name).Where(name => !gone.Contains(name))];
        return new TrafficBatch(IdsOf(table, id), TimesOf(table, time), features.Length == 0 ? null : table.Keep(features))
        {
            Scores = [.. scores.Select(score => new ScoreColumn(score.Class, NumbersOf(table, score.Column)))],
            Decisions = decision is null ? null : AsText(decision),
            Latency = latency is null ? null : NumbersOf(table, latency),
        };
    }

    /// <summary>Reads labels.</summary>
    /// <param name="stream">CSV, JSON Lines and what else is known, gzip or not.</param>
    /// <param name="names">What the columns are called.</param>
    /// <param name="knownAt">When they became known, where the file does not say.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The bytes cannot be read, or a label lacks its id or value; the sentence says where.</exception>
    public static LabelBatch Labels(Stream stream, TrafficNames names, DateTimeOffset knownAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        Table table = TableFile.Read(stream, names.Rules(), Limits, cancellationToken);
        Column label = names.LabelOf(table);
        string[] values = new string[table.Rows];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = label.Text(row) ?? throw new InputException($"{table.Place(row)} has no label in the column '{label.Name}'.") { Column = label.Name, Line = table.Line(row) };
        }

        IReadOnlyList<DateTimeOffset> known = names.KnownOf(table) is Column times
            ? TimesOf(table, times)
            : [.. Enumerable.Repeat(knownAt, table.Rows)];
        return new LabelBatch(IdsOf(table, names.IdOf(table)), values, known);
    }

    // A feature may be broken, and then a monitor must see it: so cells that do not fit are no reason to refuse a batch.
    private static ColumnRule RuleOf(DatasetColumn column) => new(
        column.Name, column.Kind is ColumnKind.Numeric or ColumnKind.Boolean ? CellKind.Guess : CellKind.Text, column.Missing);

    private static string[] IdsOf(Table table, Column column)
    {
        string[] ids = new string[column.Count];
        for (int row = 0; row < ids.Length; row++)
        {
            ids[row] = column.Text(row) ?? throw new InputException($"{table.Place(row)} has no id in the column '{column.Name}'.") { Column = column.Name, Line = table.Line(row) };
        }

        return ids;
    }

    private static DateTimeOffset[] TimesOf(Table table, Column column)
    {
        DateTimeOffset[] times = new DateTimeOffset[column.Count];
        for (int row = 0; row < times.Length; row++)
        {
            times[row] = TimeOf(column, row) ?? throw new InputException(
                $"{table.Place(row)} has no time in the column '{column.Name}': write 2026-03-01T06:00:00Z, or seconds or milliseconds since 1970.")
            {
                Column = column.Name, Line = table.Line(row),
            };
        }

        return times;
    }

    private static DateTimeOffset? TimeOf(Column column, int row)
    {
        if (column is TextColumn)
        {
            return DateTimeOffset.TryParse(
                column.Text(row), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at : null;
        }

        double number = column.Number(row);
        double ticks = number * (number < Seconds ? TimeSpan.TicksPerSecond : number < Milliseconds ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerMicrosecond);
        return ticks >= 0 && ticks < (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(ticks)) : null;
    }

    private static double[] NumbersOf(Table table, Column column)
    {
        double[] numbers = new double[column.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = column.Number(row);
            if (double.IsNaN(numbers[row]) && !column.IsMissing(row))
            {
                throw new InputException($"{table.Place(row)} holds no number in the column '{column.Name}'.") { Column = column.Name, Line = table.Line(row) };
            }
        }

        return numbers;
    }

    private static TextColumn AsText(Column column) => column as TextColumn ?? TextColumn.Of(column.Name, [.. Enumerable.Range(0, column.Count).Select(column.Text)]);
}
