using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;

namespace Governance.Registry.SignOffs;

/// <summary>A measured finding as a decision saw it.</summary>
/// <param name="Id">Family, metric and slice, as in its findings document.</param>
/// <param name="Digest">Of the whole finding's canonical JSON.</param>
/// <param name="Evidence">The findings document that it stands in.</param>
/// <param name="Kind">What kind of run measured it, such as "audit" or "red-team".</param>
/// <param name="Value">The estimate; null where it is undefined.</param>
/// <param name="Low">The interval's lower end; null where there is none.</param>
/// <param name="High">The interval's upper end; null where there is none.</param>
/// <param name="Verdict">What its gate says; null where it has none.</param>
/// <param name="Current">Whether it stands in the latest evidence of its kind: only such findings are judged.</param>
public sealed record DossierFinding(
    string Id, FactDigest Digest, ArtifactDigest Evidence, string Kind, double? Value, double? Low, double? High, GateVerdict? Verdict,
    bool Current)
{
    /// <summary>Whether whoever approves has to say why all the same.</summary>
    public bool IsOpen => Current && Verdict is GateVerdict.Breaches or GateVerdict.Inconclusive;

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["digest"] = Digest.Hex,
        ["evidence"] = Evidence.Hex,
        ["kind"] = Kind,
        ["value"] = Value,
        ["low"] = Low,
        ["high"] = High,
        ["verdict"] = Verdict?.ToString(),
        ["current"] = Current,
    };

    internal static DossierFinding Read(JsonNode json) => new(
        json["id"]!.GetValue<string>(), new FactDigest(json["digest"]!.GetValue<string>()),
        new ArtifactDigest(json["evidence"]!.GetValue<string>()), json["kind"]!.GetValue<string>(),
        json["value"]?.GetValue<double>(), json["low"]?.GetValue<double>(), json["high"]?.GetValue<double>(),
        json["verdict"] is JsonNode verdict ? Enum.Parse<GateVerdict>(verdict.GetValue<string>()) : null,
        json["current"]!.GetValue<bool>());
}

/// <summary>A data set that evidence was measured on.</summary>
/// <param name="Role">evaluation, background, reference or current.</param>
/// <param name="Name">Its name.</param>
/// <param name="Digest">Its bytes.</param>
public sealed record DossierData(string Role, string Name, ArtifactDigest Digest)
{
    internal JsonObject ToJson() => new() { ["role"] = Role, ["name"] = Name, ["digest"] = Digest.Hex };

    internal static DossierData Read(JsonNode json) => new(
        json["role"]!.GetValue<string>(), json["name"]!.GetValue<string>(), new ArtifactDigest(json["digest"]!.GetValue<string>()));
}

/// <summary>A recorded fact that a decision covers.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Digest">What the row said.</param>
/// <param name="State">The line of an attestation, the answer on a case, or the status of a finding of the register.</param>
public sealed record DossierFact(string Id, FactDigest Digest, string State)
{
    internal JsonObject ToJson() => new() { ["id"] = Id, ["digest"] = Digest.Hex, ["state"] = State };

    internal static DossierFact Read(JsonNode json) => new(
        json["id"]!.GetValue<string>(), new FactDigest(json["digest"]!.GetValue<string>()), json["state"]!.GetValue<string>());
}

/// <summary>A policy pack by name, number and content.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its number.</param>
/// <param name="Digest">Its content.</param>
public sealed record DossierPolicy(string Name, int Number, FactDigest Digest)
{
    internal JsonObject ToJson() => new() { ["name"] = Name, ["number"] = Number, ["digest"] = Digest.Hex };

    internal static DossierPolicy Read(JsonNode json) => new(
        json["name"]!.GetValue<string>(), json["number"]!.GetValue<int>(), new FactDigest(json["digest"]!.GetValue<string>()));
}
