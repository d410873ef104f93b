using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data.Json;

/// <summary>Reads JSON Lines: one flat object a line, whose keys are the columns.</summary>
/// <remarks>
/// A key that a line lacks, and null, are missing cells; a key may first appear on a later line. Numbers are read as in
/// CSV, text and truth values as text. Refused with the line: nested values, a key twice, NaN and infinities (which JSON
/// does not know) and numbers that a double cannot hold, a column that changes between numbers and text, empty lines
/// before the end, text after an object. With <see cref="DataLimits.OpenObjects"/> the keys of an object one level down are columns too.
/// </remarks>
internal static class JsonLinesTable
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    /// <summary>Reads a table.</summary>
    /// <exception cref="InputException">The bytes are no such table; the sentence names the line.</exception>
    public static Table Read(DataSource source, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken)
    {
        JsonColumns columns = Scan(source, new JsonColumns(rules, limits, null), limits, cancellationToken);
        if (columns.NeedsReplay)
        {
            columns = Scan(source, new JsonColumns(rules, limits, columns), limits, cancellationToken);
        }

        return columns.Finish();
    }

    private static JsonColumns Scan(DataSource source, JsonColumns columns, DataLimits limits, CancellationToken cancellationToken)
    {
        using Stream stream = source.Open();
        LineReader lines = new(stream, limits);
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                if (lines.AtEnd())
                {
                    break;
                }

                throw DataFault.At(lines.Line, "is empty; each line is one object");
            }

            columns.Begin(lines.Line);
            ReadObject(line, columns, lines.Line, limits.OpenObjects);
            columns.End();
            if (columns.Rows % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return columns;
    }

    private static void ReadObject(ReadOnlySpan<byte> line, JsonColumns columns, long number, bool open)
    {
        if (line.Contains((byte)0))
        {
            throw DataFault.At(number, "holds a NUL byte; this is no text file");
        }

        if (!Utf8.IsValid(line))
        {
            throw TextEncodings.Fault(line, number, (byte)'\n');
        }

        try
        {
            Utf8JsonReader reader = new(line, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw DataFault.At(number, "is no object; each line is one object such as {\"age\": 41, \"city\": \"Oslo\"}");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string key = reader.GetString()!;
                reader.Read();
                if (open && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadOpened(ref reader, columns, number);
                }
                else
                {
                    ReadValue(ref reader, columns, key, number);
                }
            }

            if (reader.Read())
            {
                throw DataFault.At(number, "goes on after its object");
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            string where = fault is JsonException { BytePositionInLine: long at } ? $" (character {at + 1})" : "";
            throw DataFault.At(number, $"is not valid JSON{where}; NaN, Infinity, comments and single quotes are not JSON", inner: fault);
        }
    }

    private static void ReadOpened(ref Utf8JsonReader reader, JsonColumns columns, long number)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            ReadValue(ref reader, columns, key, number);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, JsonColumns columns, string key, long line)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                columns.AddNumber(key, reader.ValueSpan);
                break;
            case JsonTokenType.String:
                columns.AddText(key, reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                columns.AddText(key, reader.ValueSpan);
                break;
            case JsonTokenType.Null:
                columns.AddMissing(key);
                break;
            default:
                throw DataFault.At(
                    line, $"holds {(reader.TokenType == JsonTokenType.StartObject ? "an object" : "a list")} in '{DataFault.Shorten(key)}'; flatten it into columns of its own", key);
        }
    }
}
