using System.Text.Json.Nodes;
using Governance.Registry.Evidence;

namespace Governance.Registry.SignOffs;

/// <summary>Reads what a sealed battery says, by its contract: the findings document and the run record beside it.</summary>
internal static class BatteryDocument
{
    /// <summary>The kind of run, as it stands in the document's options.</summary>
    public const string Kind = "equivalence";

    /// <summary>Reads both; null where the document is of another kind.</summary>
    /// <param name="record">The evidence.</param>
    /// <param name="findings">The findings document, JSON.</param>
    /// <param name="run">The run record, JSON.</param>
    public static BatteryStanding? Read(EvidenceRecord record, ReadOnlySpan<byte> findings, ReadOnlySpan<byte> run)
    {
        if (JsonNode.Parse(findings) is not JsonObject document || Text(document["options"]?["kind"]) != Kind)
        {
            return null;
        }

        return new BatteryStanding(
            record.Id, record.Findings.Hex, record.SealedAt, Text(document["parent"]?["versionDigest"]), Text(document["subject"]?["versionDigest"]),
            $"{Text(document["policy"]?["name"])} {document["policy"]?["number"]}",
            (document["data"] as JsonArray ?? []).Where(each => Text(each?["role"]) == "evaluation").Select(each => Text(each?["digest"])).FirstOrDefault(),
            Protected(document), [.. Lines(document["equivalence"]?["lines"]), .. Lines(JsonNode.Parse(run)?["speed"]?["lines"])]);
    }

    /// <summary>The protected columns that an audit or a battery looked at.</summary>
    public static IReadOnlySet<string> Protected(JsonNode? document) =>
        (document?["options"]?["protected"] as JsonArray ?? []).Select(Text).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<BatteryLine> Lines(JsonNode? lines)
    {
        foreach (JsonNode? line in lines as JsonArray ?? [])
        {
            if (line is JsonObject each && Text(each["limit"]) is string limit)
            {
                string whom = Text(each["group"]) is string group ? $" of {Text(each["attribute"])} = {group}" : Text(each["where"]) is string where ? $" ({where})" : "";
                yield return new BatteryLine($"{Text(each["name"])}{whom}", limit, Text(each["verdict"]) ?? "inconclusive");
            }
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
