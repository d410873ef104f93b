using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Paths;

namespace Governance.Audit.Explanations;

/// <summary>
/// A report as the JSON of <c>governance explain</c>: where one class is explained, numbers and arrays of features;
/// where several are, one more dimension for the classes.
/// </summary>
public sealed class ExplanationReportConverter : JsonConverter<ExplanationReport>
{
    public override ExplanationReport Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExplanationReportReader.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, ExplanationReport value, JsonSerializerOptions options)
    {
        bool several = value.BaseValue.Count > 1;
        writer.WriteStartObject();
        writer.WriteString("method", value.Method);
        writer.WriteString("reason", value.Reason);
        writer.WriteString("output", value.Output);
        WriteIndex(writer, value.ClassIndex);
        writer.WritePropertyName("classes");
        WriteTexts(writer, value.Classes);
        writer.WriteString("link", value.Link);
        writer.WritePropertyName("features");
        WriteTexts(writer, value.Features);
        WriteGroups(writer, value.Groups);
        WriteGiven(writer, "reference", value.Reference);
        writer.WriteStartObject("background");
        writer.WriteNumber("rows", value.Background.Rows);
        writer.WriteString("sha256", value.Background.Sha256);
        writer.WriteEndObject();
        writer.WritePropertyName("baseValue");
        WriteClasses(writer, value.BaseValue, several, WriteNumber);
        writer.WriteStartArray("rows");
        foreach (ExplainedRow row in value.Rows)
        {
            WriteRow(writer, row, value.BaseValue, several && row.ClassIndex is null);
        }

        writer.WriteEndArray();
        writer.WriteNumber("evaluations", value.Evaluations);
        writer.WriteNumber("modelRows", value.ModelRows);
        writer.WriteNumber("modelCalls", value.ModelCalls);
        writer.WriteBoolean("converged", value.Converged);
        if (value.Transport is Transport transport)
        {
            writer.WriteStartObject("transport");
            writer.WriteString("path", transport.Path);
            writer.WriteString("reason", transport.Reason);
            writer.WriteNumber("bytes", transport.Bytes);
            writer.WriteNumber("bytesPerExplanation", transport.BytesPerExplanation);
            writer.WriteEndObject();
        }

        if (value.Completeness is Completeness completeness)
        {
            WriteCompleteness(writer, completeness);
        }

        if (value.Estimate is RunEstimate estimate)
        {
            writer.WriteStartObject("estimate");
            writer.WriteNumber("modelRows", estimate.ModelRows);
            writer.WriteNumber("seconds", estimate.Seconds);
            writer.WriteNumber("calibrationRows", estimate.CalibrationRows);
            writer.WriteEndObject();
        }

        if (value.Seconds is double seconds)
        {
            writer.WriteNumber("seconds", seconds);
        }

        writer.WriteString("provider", value.Provider);
        writer.WriteNumber("seed", value.Seed);
        WriteGiven(writer, "resultKey", value.ResultKey);
        WriteGiven(writer, "resultFrom", value.ResultFrom);
        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, ExplainedRow row, IReadOnlyList<double> baseValue, bool several)
    {
        writer.WriteStartObject();
        writer.WriteNumber("row", row.Row);
        if (row.ClassIndex is int own)
        {
            WriteIndex(writer, own);
        }

        if (row.Groups is not null)
        {
            WriteGroups(writer, row.Groups);
        }

        if (row.BaseValue is not null || row.ClassIndex is not null)
        {
            writer.WritePropertyName("baseValue");
            WriteClasses(writer, row.BaseValue ?? [baseValue[row.ClassIndex!.Value]], several, WriteNumber);
        }

        writer.WritePropertyName("prediction");
        WriteClasses(writer, row.Prediction, several, WriteNumber);
        writer.WritePropertyName("values");
        WriteClasses(writer, row.Values, several, WriteNumbers);
        writer.WritePropertyName("standardErrors");
        WriteClasses(writer, row.StandardErrors, several, WriteNumbers);
        writer.WritePropertyName("interval");
        WriteClasses(writer, row.Interval, several, WriteTable);
        writer.WritePropertyName("additivityResidual");
        WriteClasses(writer, row.AdditivityResidual, several, WriteNumber);
        writer.WritePropertyName("interactions");
        WriteClasses(writer, row.Interactions, several, WriteTable);
        writer.WriteEndObject();
    }

    private static void WriteCompleteness(Utf8JsonWriter writer, Completeness completeness)
    {
        writer.WriteStartObject("completeness");
        writer.WriteNumber("bound", completeness.Bound);
        writer.WritePropertyName("largestGap");
        WriteNumber(writer, completeness.LargestGap);
        writer.WritePropertyName("largestShare");
        WriteNumber(writer, completeness.LargestShare);
        writer.WriteNumber("points", completeness.Points);
        writer.WriteNumber("kinks", completeness.Kinks);
        writer.WriteBoolean("seesKinks", completeness.SeesKinks);
        writer.WriteEndObject();
    }

    private static void WriteGiven(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteClasses<T>(
        Utf8JsonWriter writer, IReadOnlyList<T>? classes, bool several, Action<Utf8JsonWriter, T> write)
    {
        if (classes is null)
        {
            writer.WriteNullValue();
        }
        else if (several)
        {
            WriteArray(writer, classes, write);
        }
        else
        {
            write(writer, classes[0]);
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (T item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<double>> table) =>
        WriteArray(writer, table, WriteNumbers);

    private static void WriteNumbers(Utf8JsonWriter writer, IReadOnlyList<double> numbers) =>
        WriteArray(writer, numbers, WriteNumber);

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            WriteArray(writer, texts, (target, text) => target.WriteStringValue(text));
        }
    }

    private static void WriteIndex(Utf8JsonWriter writer, int? index)
    {
        if (index is int number)
        {
            writer.WriteNumber("classIndex", number);
        }
        else
        {
            writer.WriteNull("classIndex");
        }
    }

    private static void WriteGroups(Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>>? groups)
    {
        if (groups is null)
        {
            writer.WriteNull("groups");
            return;
        }

        writer.WriteStartObject("groups");
        foreach ((string name, IReadOnlyList<string> members) in groups)
        {
            writer.WritePropertyName(name);
            WriteTexts(writer, members);
        }

        writer.WriteEndObject();
    }
}
