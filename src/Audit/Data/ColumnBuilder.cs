using System.Globalization;
using System.Text;
using Governance.Audit.Data.Csv;

namespace Governance.Audit.Data;

/// <summary>Collects the cells of one column: as numbers until one is none, as text from then on.</summary>
internal sealed class ColumnBuilder
{
    private readonly CellKind kind;
    private readonly byte[][] missing;
    private NumberBuffer numbers = new();
    private LevelBuffer? texts;

    /// <summary>Starts an empty column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rule">How to read it; null to guess.</param>
    /// <param name="isText">Whether it is known to hold text.</param>
    public ColumnBuilder(string name, ColumnRule? rule, bool isText)
    {
        Name = name;
        kind = rule?.Kind ?? CellKind.Guess;
        missing = [.. (rule?.Missing ?? []).Where(marker => marker.Length > 0).Select(Encoding.UTF8.GetBytes)];
        texts = isText || kind == CellKind.Text ? new LevelBuffer(missing) : null;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether text came after numbers: their spelling is lost (1.0 or 1), so the column must be read again as text.
    /// </summary>
    public bool NeedsReplay { get; private set; }

    /// <summary>Whether the column holds text.</summary>
    public bool IsText => texts is not null;

    /// <summary>Whether no cell was there yet, so that the kind is open.</summary>
    public bool IsBlank => texts is null && numbers.IsBlank;

    /// <summary>Bytes held.</summary>
    public long Bytes => numbers.Bytes + (texts?.Bytes ?? 0);

    /// <summary>Adds the cells of a block.</summary>
    /// <returns>Null, or the row in the block whose cell cannot be read: its quotes break the rules, or it is no number and must be one.</returns>
    public int? Add(CsvBlock block, int column)
    {
        int row = 0;
        while (texts is null && !NeedsReplay)
        {
            row = numbers.Add(block, column, row);
            if (row == block.Rows)
            {
                return null;
            }

            if (!block.TryCell(row, column, out ReadOnlySpan<byte> cell) || !Take(cell))
            {
                return row;
            }

            row += texts is null ? 1 : 0;
        }

        if (NeedsReplay)
        {
            return block.FirstUnreadable(column, row);
        }

        row = texts!.Add(block, column, row);
        return row == block.Rows ? null : row;
    }

    /// <summary>Adds a number in plain decimal notation, or a missing cell where it is empty; anything else is text.</summary>
    /// <returns>False where the column must hold numbers and the cell is none.</returns>
    public bool Add(ReadOnlySpan<byte> cell)
    {
        if (NeedsReplay)
        {
            return true;
        }

        if (texts is null)
        {
            double number = double.NaN;
            if (!cell.IsEmpty && !PlainDecimal.TryParseFaithful(cell, out number))
            {
                return Take(cell) && AddAfter(cell);
            }

            numbers.Add(number);
            return true;
        }

        texts.Add(cell);
        return true;
    }

    /// <summary>Adds a number; NaN for a missing one.</summary>
    public void Add(double number)
    {
        if (texts is null && !NeedsReplay)
        {
            numbers.Add(number);
        }
        else if (!NeedsReplay)
        {
            // Only columns without text so far are declared text here: their numbers are spelt as short as possible.
            texts!.Add(double.IsNaN(number) ? [] : Encoding.ASCII.GetBytes(number.ToString("R", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Adds text, whatever it looks like; an empty one is missing.</summary>
    /// <returns>False where the column must hold numbers and the text is no marker of missing cells.</returns>
    public bool AddText(ReadOnlySpan<byte> text)
    {
        if (kind == CellKind.Number)
        {
            return text.IsEmpty ? Add(text) : Take(text);
        }

        if (texts is null && !NeedsReplay)
        {
            BecomeText();
        }

        texts?.Add(text);
        return true;
    }

    /// <summary>Adds missing cells.</summary>
    public void AddMissing(int rows)
    {
        for (int i = 0; i < rows && texts is null && !NeedsReplay; i++)
        {
            numbers.Add(double.NaN);
        }

        texts?.AddMissing(rows);
    }

    /// <summary>The finished column.</summary>
    public Column Finish()
    {
        if (texts is not null)
        {
            return texts.Finish(Name);
        }

        foreach (byte[] marker in missing)
        {
            if (PlainDecimal.TryParse(marker, out double number))
            {
                numbers.Values.Replace(number, double.NaN);
            }
        }

        return numbers.Finish(Name);
    }

    // A cell that is no number: a marker of missing cells, or the end of numbers. False where that must not be.
    private bool Take(ReadOnlySpan<byte> cell)
    {
        foreach (byte[] marker in missing)
        {
            if (cell.SequenceEqual(marker))
            {
                numbers.Add(double.NaN);
                return true;
            }
        }

        if (kind == CellKind.Number)
        {
            // Who says that a column is numeric takes 007 for 7.
            bool isNumber = PlainDecimal.TryParse(cell, out double number);
            if (isNumber)
            {
                numbers.Add(number);
            }

            return isNumber;
        }

        BecomeText();
        return true;
    }

    private bool AddAfter(ReadOnlySpan<byte> cell)
    {
        texts?.Add(cell);
        return true;
    }

    private void BecomeText()
    {
        NeedsReplay = !numbers.IsBlank;
        if (!NeedsReplay)
        {
            texts = new LevelBuffer(missing);
            texts.AddMissing(numbers.Count);
        }

        numbers = new NumberBuffer();
    }
}
