using System.Text.Json;
using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations;

/// <summary>Reads back what <see cref="ExplanationReportConverter"/> wrote; a null number becomes NaN.</summary>
internal static class ExplanationReportReader
{
    /// <summary>Reads a report.</summary>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    /// <exception cref="InvalidOperationException">A property has another type.</exception>
    public static ExplanationReport Read(JsonElement json)
    {
        JsonElement background = json.GetProperty("background");
        bool several = json.GetProperty("baseValue").ValueKind == JsonValueKind.Array;
        return new ExplanationReport
        {
            Method = Text(json, "method"),
            Reason = json.GetProperty("reason").GetString(),
            Output = Text(json, "output"),
            ClassIndex = Index(json),
            Classes = Given(json, "classes") is JsonElement classes ? Texts(classes) : null,
            Link = Text(json, "link"),
            Features = Texts(json.GetProperty("features")),
            Groups = Given(json, "groups") is JsonElement groups
                ? groups.EnumerateObject().ToDictionary(group => group.Name, group => Texts(group.Value))
                : null,
            Background = new BackgroundSummary(background.GetProperty("rows").GetInt32(), Text(background, "sha256")),
            BaseValue = Classes(json.GetProperty("baseValue"), several, Number),
            Rows = [.. json.GetProperty("rows").EnumerateArray().Select(row => ReadRow(row, several))],
            Evaluations = json.GetProperty("evaluations").GetInt64(),
            ModelRows = json.GetProperty("modelRows").GetInt64(),
            ModelCalls = json.GetProperty("modelCalls").GetInt64(),
            Converged = json.GetProperty("converged").GetBoolean(),
            Estimate = Given(json, "estimate") is JsonElement estimate
                ? new RunEstimate(
                    estimate.GetProperty("modelRows").GetInt64(), estimate.GetProperty("seconds").GetDouble(),
                    estimate.GetProperty("calibrationRows").GetInt64())
                : null,
            Seconds = Given(json, "seconds")?.GetDouble(),
            Provider = Text(json, "provider"),
            Seed = json.GetProperty("seed").GetInt32(),
            Reference = Given(json, "reference")?.GetString(),
            ResultKey = Given(json, "resultKey")?.GetString(),
            ResultFrom = Given(json, "resultFrom")?.GetString(),
        };
    }

    private static ExplainedRow ReadRow(JsonElement json, bool classes)
    {
        int? own = Index(json);
        bool several = classes && own is null;
        return new ExplainedRow
        {
            Row = json.GetProperty("row").GetInt32(),
            ClassIndex = own,
            BaseValue = own is null && Given(json, "baseValue") is JsonElement baseValue ? Classes(baseValue, several, Number) : null,
            Prediction = Classes(json.GetProperty("prediction"), several, Number),
            Values = Classes(json.GetProperty("values"), several, Numbers),
            StandardErrors = Given(json, "standardErrors") is JsonElement errors ? Classes(errors, several, Numbers) : null,
            Interval = Given(json, "interval") is JsonElement interval ? Classes(interval, several, Table) : null,
            AdditivityResidual = Classes(json.GetProperty("additivityResidual"), several, Number),
            Interactions = Given(json, "interactions") is JsonElement pairs ? Classes(pairs, several, Table) : null,
        };
    }

    private static JsonElement? Given(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static int? Index(JsonElement json) => Given(json, "classIndex")?.GetInt32();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static double Number(JsonElement json) => json.ValueKind == JsonValueKind.Null ? double.NaN : json.GetDouble();

    private static IReadOnlyList<string> Texts(JsonElement json) => List(json, text => text.GetString()!);

    private static IReadOnlyList<double> Numbers(JsonElement json) => List(json, Number);

    private static IReadOnlyList<IReadOnlyList<double>> Table(JsonElement json) => List(json, Numbers);

    private static IReadOnlyList<T> Classes<T>(JsonElement json, bool several, Func<JsonElement, T> read) =>
        several ? List(json, read) : [read(json)];

    private static IReadOnlyList<T> List<T>(JsonElement json, Func<JsonElement, T> read) =>
        [.. json.EnumerateArray().Select(read)];
}
