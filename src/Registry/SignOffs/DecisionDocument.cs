using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.SignOffs;

/// <summary>The document of a decision, canonical JSON: the dossier and what was decided on it. What the installation signs.</summary>
internal static class DecisionDocument
{
    /// <summary>The name of the form.</summary>
    public const string Schema = "governance/decision/1";

    /// <summary>Writes it.</summary>
    /// <param name="id">The decision.</param>
    /// <param name="dossier">What it covers.</param>
    /// <param name="round">The round of submission.</param>
    /// <param name="person">Who decided.</param>
    /// <param name="verdict">What.</param>
    /// <param name="rationale">Why, by digest.</param>
    /// <param name="conditions">Under which conditions, by digest.</param>
    /// <param name="waived">The ids of the lines that are waived, with their ends.</param>
    /// <param name="inherited">What an inherited approval stands on; null for every other decision.</param>
    public static byte[] Write(
        SignOffId id, SignOffDossier dossier, int round, UserId person, Verdict verdict, FactDigest rationale, FactDigest? conditions,
        IReadOnlyList<LineWaiver> waived, Inheritance? inherited)
    {
        JsonObject decision = new()
        {
            ["id"] = id.ToString(),
            ["version"] = dossier.Label,
            ["round"] = round,
            ["person"] = person.ToString(),
            ["verdict"] = verdict.ToString(),
            ["rationale"] = rationale.Hex,
            ["conditions"] = conditions?.Hex,
            ["waived"] = new JsonArray([.. waived.Select(line => new JsonObject
            {
                ["line"] = line.Line,
                ["until"] = Storage.Microseconds.Iso(line.Until),
                ["covers"] = new JsonArray([.. line.Covers.Order(StringComparer.Ordinal).Select(each => (JsonNode)each)]),
            })]),
        };
        if (inherited is { Parent: ParentStanding parent, Battery: BatteryStanding battery })
        {
            decision["inherited"] = new JsonObject
            {
                ["parent"] = parent.Label,
                ["parentVersion"] = parent.Digest.Hex,
                ["evidence"] = battery.Evidence.ToString(),
                ["findings"] = battery.Findings,
            };
        }

        return CanonicalJson.Serialize(new JsonObject
        {
            ["schema"] = Schema, ["root"] = dossier.Root.Hex, ["dossier"] = dossier.ToJson(), ["decision"] = decision,
        });
    }

    /// <summary>The dossier in a document.</summary>
    /// <exception cref="FormatException">It is no such document, or its root is not that of its dossier.</exception>
    public static SignOffDossier DossierOf(ReadOnlySpan<byte> document, string label)
    {
        JsonNode json = JsonNode.Parse(document) ?? throw new FormatException("This is no decision.");
        SignOffDossier dossier = SignOffDossier.Read(json["dossier"] ?? throw new FormatException("This is no decision."), label);
        return json["root"]?.GetValue<string>() == dossier.Root.Hex
            ? dossier
            : throw new FormatException("The root of the decision is not that of its dossier.");
    }
}
