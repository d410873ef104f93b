namespace Governance.Audit.Data.Json;

/// <summary>The columns of JSON Lines as they come up, each with the rows so far.</summary>
internal sealed class JsonColumns
{
    private readonly IReadOnlyList<ColumnRule> rules;
    private readonly DataLimits limits;
    private readonly JsonColumns? before;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<JsonColumn> columns = [];
    private readonly HashSet<string> folded = new(StringComparer.OrdinalIgnoreCase);
    private long line;

    /// <summary>Starts without columns.</summary>
    /// <param name="rules">How some are read.</param>
    /// <param name="limits">Bounds them.</param>
    /// <param name="before">What an earlier pass over the same lines found; null in the first.</param>
    public JsonColumns(IReadOnlyList<ColumnRule> rules, DataLimits limits, JsonColumns? before)
    {
        this.rules = rules;
        this.limits = limits;
        this.before = before;
    }

    /// <summary>The rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether some column must be read again as text.</summary>
    public bool NeedsReplay => columns.Any(column => column.Cells.NeedsReplay);

    /// <summary>Begins the row on this line.</summary>
    public void Begin(long number) => line = number;

    /// <summary>Ends the row: columns that it did not name are missing in it.</summary>
    public void End()
    {
        Rows++;
        foreach (JsonColumn column in columns)
        {
            if (column.Rows < Rows)
            {
                column.Cells.AddMissing(1);
                column.Rows = Rows;
            }
        }

        if (Rows % 256 == 0 || columns.Count > 256)
        {
            limits.Refuse(Rows, columns.Sum(column => column.Cells.Bytes));
        }
    }

    /// <summary>Adds a number, spelt as in the file.</summary>
    /// <exception cref="InputException">The column holds text, or a double cannot hold the number.</exception>
    public void AddNumber(string key, ReadOnlySpan<byte> spelling)
    {
        JsonColumn column = Take(key, JsonCell.Number);
        if (!PlainDecimal.TryParse(spelling, out _))
        {
            throw DataFault.At(line, $"holds a number in '{DataFault.Shorten(key)}' that is too large or too small to be kept", key);
        }

        // Whole numbers that a double would round are identifiers, and become text as in CSV.
        column.Cells.Add(spelling);
    }

    /// <summary>Adds text or a truth value.</summary>
    /// <exception cref="InputException">The column holds numbers, or must hold them.</exception>
    public void AddText(string key, ReadOnlySpan<byte> text)
    {
        if (!Take(key, JsonCell.Text).Cells.AddText(text))
        {
            throw DataFault.At(line, $"holds text in '{DataFault.Shorten(key)}', which is declared numeric", key);
        }
    }

    /// <summary>Adds a missing cell.</summary>
    public void AddMissing(string key) => Take(key, JsonCell.Missing).Cells.AddMissing(1);

    /// <summary>The finished table.</summary>
    /// <exception cref="InputException">There is no column.</exception>
    public Table Finish()
    {
        limits.Refuse(Rows, columns.Sum(column => column.Cells.Bytes));
        return columns.Count == 0
            ? throw DataFault.At(1, "names no column")
            : new Table([.. columns.Select(column => column.Cells.Finish())], new RowOrigins(null, null, 0));
    }

    private JsonColumn Take(string key, JsonCell cell)
    {
        if (!places.TryGetValue(key, out int place))
        {
            place = Open(key);
        }

        JsonColumn column = columns[place];
        if (column.Rows > Rows)
        {
            throw DataFault.At(line, $"names '{DataFault.Shorten(key)}' twice", key);
        }

        column.Rows = Rows + 1;
        if (cell != JsonCell.Missing && !column.MustBeNumber && column.Kind is JsonCell kind && kind != cell)
        {
            throw DataFault.At(
                line, $"holds {Word(cell)} in '{DataFault.Shorten(key)}', where line {column.KindLine} holds {Word(kind)}; a column is one or the other", key);
        }

        if (cell != JsonCell.Missing && column.Kind is null)
        {
            (column.Kind, column.KindLine) = (cell, line);
        }

        return column;
    }

    private int Open(string key)
    {
        ColumnNames names = new(limits, line);
        names.Accept(key);
        names.RefuseMore(columns.Count + 1);
        if (!folded.Add(key))
        {
            throw DataFault.At(line, $"names the column '{DataFault.Shorten(key)}', which differs from another only in letter case", key);
        }

        ColumnRule? rule = rules.FirstOrDefault(rule => rule.Name == key);
        bool isText = before is not null && before.columns[before.places[key]].Cells is { NeedsReplay: true } or { IsText: true };
        JsonColumn column = new(new ColumnBuilder(key, rule, isText), rule) { Rows = Rows };
        column.Cells.AddMissing(Rows);
        columns.Add(column);
        return places[key] = columns.Count - 1;
    }

    private static string Word(JsonCell cell) => cell == JsonCell.Number ? "a number" : "text";

    private enum JsonCell
    {
        Missing,
        Number,
        Text,
    }

    private sealed class JsonColumn(ColumnBuilder cells, ColumnRule? rule)
    {
        public ColumnBuilder Cells { get; } = cells;

        public int Rows { get; set; }

        public JsonCell? Kind { get; set; }

        public long KindLine { get; set; }

        public bool MustBeNumber => rule?.Kind == CellKind.Number;
    }
}
