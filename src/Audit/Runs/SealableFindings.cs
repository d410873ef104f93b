using System.Text.Json;
using Governance.Audit.Findings;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Findings documents as the bytes that are hashed, compared and sealed.</summary>
public static class SealableFindings
{
    /// <summary>Canonical JSON: the same document gives the same bytes.</summary>
    public static byte[] Bytes(object document) =>
        CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(document, document.GetType(), ReportJson.Options));

    /// <summary>How the findings stand to their gates.</summary>
    public static VerdictCounts Count(IReadOnlyList<Finding> findings) => new(
        findings.Count(finding => finding.Gate?.Verdict == GateVerdict.Meets),
        findings.Count(finding => finding.Gate?.Verdict == GateVerdict.Breaches),
        findings.Count(finding => finding.Gate?.Verdict == GateVerdict.Inconclusive),
        findings.Count(finding => finding.Gate is null));

    /// <summary>The worst verdict of all gates; null where there is no gate.</summary>
    public static GateVerdict? Verdict(IReadOnlyList<Finding> findings) => Count(findings) switch
    {
        { Breaches: > 0 } => GateVerdict.Breaches,
        { Inconclusive: > 0 } => GateVerdict.Inconclusive,
        { Meets: > 0 } => GateVerdict.Meets,
        _ => null,
    };
}
