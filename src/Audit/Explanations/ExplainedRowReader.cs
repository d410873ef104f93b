using System.Text.Json;

namespace Governance.Audit.Explanations;

/// <summary>Reads the rows of a report token by token: a hundred thousand of them make no tree of the document first.</summary>
/// <remarks>How deep the arrays of a row lie says whether it has one class or several; a null number becomes NaN.</remarks>
internal static class ExplainedRowReader
{
    /// <summary>Reads the array of rows that the reader stands on; afterwards it stands on its end.</summary>
    /// <exception cref="KeyNotFoundException">A property of a row is missing.</exception>
    /// <exception cref="InvalidOperationException">A property has another type.</exception>
    public static List<ExplainedRow> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new InvalidOperationException("The rows of an explanation are an array.");
        }

        List<ExplainedRow> rows = [];
        List<double> scratch = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            rows.Add(ReadRow(ref reader, scratch));
        }

        rows.TrimExcess();
        return rows;
    }

    private static ExplainedRow ReadRow(ref Utf8JsonReader reader, List<double> scratch)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidOperationException("A row of an explanation is an object.");
        }

        int? row = null;
        int? own = null;
        double[]? baseValue = null;
        double[]? prediction = null;
        double[]? residual = null;
        double[][]? values = null;
        double[][]? errors = null;
        double[][][]? interval = null;
        double[][][]? interactions = null;
        Dictionary<string, IReadOnlyList<string>>? groups = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("row"u8))
            {
                reader.Read();
                row = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("classIndex"u8))
            {
                reader.Read();
                own = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();
            }
            else if (reader.ValueTextEquals("baseValue"u8))
            {
                baseValue = Given(ref reader) ? Flat(ref reader, scratch) : null;
            }
            else if (reader.ValueTextEquals("prediction"u8))
            {
                reader.Read();
                prediction = Flat(ref reader, scratch);
            }
            else if (reader.ValueTextEquals("additivityResidual"u8))
            {
                reader.Read();
                residual = Flat(ref reader, scratch);
            }
            else if (reader.ValueTextEquals("values"u8))
            {
                reader.Read();
                values = Lines(ref reader, scratch);
            }
            else if (reader.ValueTextEquals("standardErrors"u8))
            {
                errors = Given(ref reader) ? Lines(ref reader, scratch) : null;
            }
            else if (reader.ValueTextEquals("interval"u8))
            {
                interval = Given(ref reader) ? Tables(ref reader, scratch) : null;
            }
            else if (reader.ValueTextEquals("interactions"u8))
            {
                interactions = Given(ref reader) ? Tables(ref reader, scratch) : null;
            }
            else if (reader.ValueTextEquals("groups"u8))
            {
                reader.Read();
                groups = JsonElement.ParseValue(ref reader).EnumerateObject().ToDictionary(
                    group => group.Name, group => (IReadOnlyList<string>)[.. group.Value.EnumerateArray().Select(member => member.GetString()!)], StringComparer.Ordinal);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ExplainedRow
        {
            Row = row ?? throw Missing("row"),
            ClassIndex = own,
            BaseValue = own is null ? baseValue : null,
            Prediction = prediction ?? throw Missing("prediction"),
            Values = values ?? throw Missing("values"),
            StandardErrors = errors,
            Interval = interval,
            AdditivityResidual = residual ?? throw Missing("additivityResidual"),
            Interactions = interactions,
            Groups = groups,
        };
    }

    private static KeyNotFoundException Missing(string property) => new($"A row of an explanation has no '{property}'.");

    private static bool Given(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.Null;
    }

    // One number, or an array of them: one a class.
    private static double[] Flat(ref Utf8JsonReader reader, List<double> scratch) => reader.TokenType == JsonTokenType.StartArray
        ? reader.Read() ? Numbers(ref reader, scratch) : []
        : [Number(ref reader)];

    // An array of numbers, or one a class.
    private static double[][] Lines(ref Utf8JsonReader reader, List<double> scratch)
    {
        Open(ref reader);
        return reader.TokenType == JsonTokenType.StartArray ? Nested(ref reader, scratch) : [Numbers(ref reader, scratch)];
    }

    // An array of arrays of numbers, or one a class.
    private static double[][][] Tables(ref Utf8JsonReader reader, List<double> scratch)
    {
        Open(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [Nested(ref reader, scratch)];
        }

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            // One class: the reader is inside its first line.
            List<double[]> only = [Numbers(ref reader, scratch)];
            reader.Read();
            only.AddRange(Nested(ref reader, scratch));
            return [[.. only]];
        }

        List<double[][]> classes = [];
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            classes.Add(Nested(ref reader, scratch));
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Read();
            }
        }

        return [.. classes];
    }

    // Stands on the first line's start, or on the end where there is none; leaves the reader on the end.
    private static double[][] Nested(ref Utf8JsonReader reader, List<double> scratch)
    {
        List<double[]> lines = [];
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            Open(ref reader);
            lines.Add(Numbers(ref reader, scratch));
            reader.Read();
        }

        return [.. lines];
    }

    // Stands on the first number, or on the end where there is none; leaves the reader on the end.
    private static double[] Numbers(ref Utf8JsonReader reader, List<double> scratch)
    {
        scratch.Clear();
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            scratch.Add(Number(ref reader));
            reader.Read();
        }

        return [.. scratch];
    }

    private static void Open(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new InvalidOperationException("The values of an explanation are arrays of numbers.");
        }

        reader.Read();
    }

    private static double Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();
}
