using System.Text.Json.Serialization;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Audits;

/// <summary>The body of <c>governance audit</c>. Without clock or threads: the same audit gives the same bytes.</summary>
internal sealed record AuditAnswer
{
    /// <summary>The spec's name.</summary>
    public required string Spec { get; init; }

    /// <summary>SHA-256 of the spec's file, lower-case hex.</summary>
    public required string SpecSha256 { get; init; }

    /// <summary>The worst verdict of all gates; null where the spec has none.</summary>
    public required GateVerdict? Verdict { get; init; }

    /// <summary>The findings; with several models, those of one after those of another.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What they were computed from; null with several models, which have their own.</summary>
    public required AuditManifest? Manifest { get; init; }

    /// <summary>The models, where the spec names several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ModelAnswer>? Models { get; init; }

    /// <summary>The answer of audits by a spec.</summary>
    public static AuditAnswer Of(AuditSpec spec, IReadOnlyList<AuditedModel> audited) => new()
    {
        Spec = spec.Name,
        SpecSha256 = spec.Sha256,
        Verdict = SealableFindings.Verdict([.. audited.SelectMany(model => model.Document.Findings)]),
        Findings = audited.Count == 1
            ? audited[0].Document.Findings
            : [.. audited.SelectMany(model => model.Document.Findings.Select(finding => finding with { Id = $"{model.Name}:{finding.Id}" }))],
        Manifest = audited.Count == 1 ? AuditManifest.Of(audited[0].Document) : null,
        Models = audited.Count == 1 ? null
            : [.. audited.Select(model => new ModelAnswer(
                model.Name, SealableFindings.Verdict(model.Document.Findings), model.Document.Findings, AuditManifest.Of(model.Document)))],
    };
}

/// <summary>One of several models.</summary>
internal sealed record ModelAnswer(string Model, GateVerdict? Verdict, IReadOnlyList<Finding> Findings, AuditManifest Manifest);

/// <summary>What findings were computed from: enough to compute them again.</summary>
/// <param name="FindingsSha256">Of the findings document as canonical JSON: what evidence is compared by.</param>
/// <param name="Engine">The software.</param>
/// <param name="Subject">The model by its digests.</param>
/// <param name="Data">The data by its digests.</param>
/// <param name="Options">What was asked for, with defaults filled in.</param>
/// <param name="Policy">The policy pack whose least sizes and level hold where the spec sets none.</param>
internal sealed record AuditManifest(
    string FindingsSha256, EngineIdentity Engine, AuditSubject Subject, IReadOnlyList<AuditData> Data, AuditOptions Options, PolicyReference Policy)
{
    /// <summary>The manifest of a document.</summary>
    public static AuditManifest Of(FindingsDocument document) => new(
        FactDigest.Of(SealableFindings.Bytes(document)).Hex, document.Engine, document.Subject, document.Data, document.Options, document.Policy);
}
