using System.Text.Json;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Paths;

namespace Governance.Audit.Explanations;

/// <summary>Reads back what <see cref="ExplanationReportConverter"/> wrote; a null number becomes NaN.</summary>
internal static class ExplanationReportReader
{
    /// <summary>Reads the report that the reader stands on; afterwards it stands on its end.</summary>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    /// <exception cref="InvalidOperationException">A property has another type.</exception>
    public static ExplanationReport Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidOperationException("An explanation is an object.");
        }

        Dictionary<string, JsonElement> head = new(StringComparer.Ordinal);
        List<ExplainedRow>? rows = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "rows")
            {
                rows = ExplainedRowReader.Read(ref reader);
            }
            else
            {
                head[name] = JsonElement.ParseValue(ref reader);
            }
        }

        return Read(head, rows ?? throw new KeyNotFoundException("The explanation has no rows."));
    }

    private static ExplanationReport Read(Dictionary<string, JsonElement> json, List<ExplainedRow> rows)
    {
        JsonElement background = json["background"];
        bool several = json["baseValue"].ValueKind == JsonValueKind.Array;
        return new ExplanationReport
        {
            Method = Text(json, "method"),
            Reason = json["reason"].GetString(),
            Output = Text(json, "output"),
            ClassIndex = Given(json, "classIndex")?.GetInt32(),
            Classes = Given(json, "classes") is JsonElement classes ? Texts(classes) : null,
            Link = Text(json, "link"),
            Features = Texts(json["features"]),
            Groups = Given(json, "groups") is JsonElement groups
                ? groups.EnumerateObject().ToDictionary(group => group.Name, group => Texts(group.Value))
                : null,
            Background = new BackgroundSummary(background.GetProperty("rows").GetInt32(), background.GetProperty("sha256").GetString()!),
            BaseValue = Classes(json["baseValue"], several, Number),
            Rows = rows,
            Evaluations = json["evaluations"].GetInt64(),
            ModelRows = json["modelRows"].GetInt64(),
            ModelCalls = json["modelCalls"].GetInt64(),
            Converged = json["converged"].GetBoolean(),
            Transport = Given(json, "transport") is JsonElement transport
                ? new Transport(
                    transport.GetProperty("path").GetString()!, transport.GetProperty("reason").GetString(),
                    transport.GetProperty("bytes").GetInt64(), transport.GetProperty("bytesPerExplanation").GetInt64())
                : null,
            Completeness = Given(json, "completeness") is JsonElement gap
                ? new Completeness(
                    gap.GetProperty("bound").GetDouble(), Number(gap.GetProperty("largestGap")), Number(gap.GetProperty("largestShare")),
                    gap.GetProperty("points").GetInt64(), gap.GetProperty("kinks").GetInt64(), gap.GetProperty("seesKinks").GetBoolean())
                : null,
            Estimate = Given(json, "estimate") is JsonElement estimate
                ? new RunEstimate(
                    estimate.GetProperty("modelRows").GetInt64(), estimate.GetProperty("seconds").GetDouble(),
                    estimate.GetProperty("calibrationRows").GetInt64())
                : null,
            Seconds = Given(json, "seconds")?.GetDouble(),
            Provider = Text(json, "provider"),
            Seed = json["seed"].GetInt32(),
            Reference = Given(json, "reference")?.GetString(),
            ResultKey = Given(json, "resultKey")?.GetString(),
            ResultFrom = Given(json, "resultFrom")?.GetString(),
        };
    }

    private static JsonElement? Given(Dictionary<string, JsonElement> json, string name) =>
        json.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Text(Dictionary<string, JsonElement> json, string name) => json[name].GetString()!;

    private static double Number(JsonElement json) => json.ValueKind == JsonValueKind.Null ? double.NaN : json.GetDouble();

    private static IReadOnlyList<string> Texts(JsonElement json) => List(json, text => text.GetString()!);

    private static IReadOnlyList<T> Classes<T>(JsonElement json, bool several, Func<JsonElement, T> read) =>
        several ? List(json, read) : [read(json)];

    private static IReadOnlyList<T> List<T>(JsonElement json, Func<JsonElement, T> read) =>
        [.. json.EnumerateArray().Select(read)];
}
