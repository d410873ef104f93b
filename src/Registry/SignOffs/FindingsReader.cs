using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;

namespace Governance.Registry.SignOffs;

/// <summary>What a findings document says, as far as a dossier needs it.</summary>
/// <param name="Kind">What kind of run made it.</param>
/// <param name="Data">What it was measured on.</param>
/// <param name="Findings">Its findings; none yet known as current.</param>
internal sealed record FindingsParts(string Kind, IReadOnlyList<DossierData> Data, IReadOnlyList<DossierFinding> Findings);

/// <summary>Reads findings documents and remembers their parts: a document of a digest never changes.</summary>
/// <remarks>What it remembers says nothing of the file on disk; <see cref="VerifyDossier"/> looks at that.</remarks>
public sealed class FindingsReader(ArtifactStore store)
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<ArtifactDigest, FindingsParts> known = new();

    /// <summary>The parts of a document.</summary>
    /// <exception cref="ArtifactDamagedException">Its file is not what was sealed.</exception>
    internal async Task<FindingsParts> ReadAsync(ArtifactDigest digest, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(digest, out FindingsParts? parts))
        {
            return parts;
        }

        parts = Parse(await store.ReadAsync(digest, cancellationToken), digest);
        if (known.Count >= Most)
        {
            known.Clear();
        }

        return known[digest] = parts;
    }

    // Documents come from the audits of this product, but the room of the registry knows them only by their contract.
    internal static FindingsParts Parse(ReadOnlySpan<byte> json, ArtifactDigest digest)
    {
        JsonObject root = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("A findings document is an object.");
        string kind = Text((root["options"] as JsonObject)?["kind"]) ?? "audit";
        List<DossierData> data = [];
        foreach (JsonNode? row in root["data"] as JsonArray ?? [])
        {
            if (row is JsonObject each && Text(each["role"]) is string role && Text(each["digest"]) is string hex && Sha256Hex.Fits(hex))
            {
                data.Add(new DossierData(role, Text(each["name"]) ?? "", new ArtifactDigest(hex)));
            }
        }

        List<DossierFinding> findings = [];
        foreach (JsonNode? row in root["findings"] as JsonArray ?? [])
        {
            if (row is JsonObject each && Text(each["id"]) is string id)
            {
                JsonArray? interval = each["interval"] as JsonArray;
                findings.Add(new DossierFinding(
                    id, FactDigest.Of(each), digest, kind, Number(each["value"]), Number(interval?[0]), Number(interval?[1]),
                    Enum.TryParse(Text((each["gate"] as JsonObject)?["verdict"]), ignoreCase: true, out GateVerdict verdict) ? verdict : null,
                    Current: false));
            }
        }

        return new FindingsParts(kind, data, findings);
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out double number) ? number : null;
}
