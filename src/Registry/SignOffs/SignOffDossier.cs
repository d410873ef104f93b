using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;

namespace Governance.Registry.SignOffs;

/// <summary>Everything that a decision on a version covers, each part by its digest.</summary>
/// <remarks>
/// One digest for all of it, <see cref="Root"/>, is what a person confirms and what the installation signs. It has no clock:
/// the same parts give the same root. What a decision itself writes (conditions, waivers) is not part of what it saw.
/// </remarks>
public sealed record SignOffDossier
{
    /// <summary>The name of the form that is hashed.</summary>
    public const string Schema = "governance/dossier/1";

    /// <summary>The version for people, such as "credit/3"; no part of the root.</summary>
    public required string Label { get; init; }

    /// <summary>The version's own digest: artefact, encoding and parents.</summary>
    public required FactDigest Version { get; init; }

    /// <summary>The model file.</summary>
    public required ArtifactDigest Weights { get; init; }

    /// <summary>How rows become inputs and outputs decisions; null where columns are taken as they are.</summary>
    public ArtifactDigest? Encoding { get; init; }

    /// <summary>The threshold, and thresholds by group, that the encoding sets, as canonical JSON; null for none.</summary>
    public string? Threshold { get; init; }

    /// <summary>The policy pack that the decision was taken by.</summary>
    public required DossierPolicy Policy { get; init; }

    /// <summary>What the evidence was measured on, each once, by role and name.</summary>
    public IReadOnlyList<DossierData> Data { get; init; } = [];

    /// <summary>The findings documents, in the order of their digests.</summary>
    public IReadOnlyList<ArtifactDigest> Evidence { get; init; } = [];

    /// <summary>Every finding of every document.</summary>
    public IReadOnlyList<DossierFinding> Findings { get; init; } = [];

    /// <summary>The statements that count, one a line of the checklist.</summary>
    public IReadOnlyList<DossierFact> Attestations { get; init; } = [];

    /// <summary>The cases that were reviewed in this round.</summary>
    public IReadOnlyList<DossierFact> Cases { get; init; } = [];

    /// <summary>The findings of the register, with where they stand.</summary>
    public IReadOnlyList<DossierFact> Register { get; init; } = [];

    /// <summary>One digest for all parts, computed at each call.</summary>
    public FactDigest Root => FactDigest.Of(ToJson());

    /// <summary>The parts as JSON: what <see cref="Root"/> is the digest of.</summary>
    public JsonObject ToJson() => new()
    {
        ["schema"] = Schema,
        ["version"] = Version.Hex,
        ["weights"] = Weights.Hex,
        ["encoding"] = Encoding?.Hex,
        ["threshold"] = Threshold,
        ["policy"] = Policy.ToJson(),
        ["evaluationData"] = new JsonArray([.. Data.Select(each => each.ToJson())]),
        ["evidence"] = new JsonArray([.. Evidence.Select(each => (JsonNode)each.Hex)]),
        ["findings"] = new JsonArray([.. Findings.Select(each => each.ToJson())]),
        ["attestations"] = new JsonArray([.. Attestations.Select(each => each.ToJson())]),
        ["cases"] = new JsonArray([.. Cases.Select(each => each.ToJson())]),
        ["register"] = new JsonArray([.. Register.Select(each => each.ToJson())]),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The parts.</param>
    /// <param name="label">The version for people.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static SignOffDossier Read(JsonNode json, string label)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new SignOffDossier
            {
                Label = label,
                Version = new FactDigest(json["version"]!.GetValue<string>()),
                Weights = new ArtifactDigest(json["weights"]!.GetValue<string>()),
                Encoding = json["encoding"] is JsonNode encoding ? new ArtifactDigest(encoding.GetValue<string>()) : null,
                Threshold = json["threshold"]?.GetValue<string>(),
                Policy = DossierPolicy.Read(json["policy"]!),
                Data = [.. json["evaluationData"]!.AsArray().Select(each => DossierData.Read(each!))],
                Evidence = [.. json["evidence"]!.AsArray().Select(each => new ArtifactDigest(each!.GetValue<string>()))],
                Findings = [.. json["findings"]!.AsArray().Select(each => DossierFinding.Read(each!))],
                Attestations = [.. json["attestations"]!.AsArray().Select(each => DossierFact.Read(each!))],
                Cases = [.. json["cases"]!.AsArray().Select(each => DossierFact.Read(each!))],
                Register = [.. json["register"]!.AsArray().Select(each => DossierFact.Read(each!))],
            };
        }
        catch (Exception fault) when (fault is NullReferenceException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("This is no dossier.", fault);
        }
    }

    /// <summary>By their root alone: the same parts are the same dossier.</summary>
    public bool Equals(SignOffDossier? other) => other is not null && other.Root == Root;

    /// <inheritdoc/>
    public override int GetHashCode() => Root.GetHashCode();
}
