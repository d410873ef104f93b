using Governance.Audit.Runs;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Evidence;

/// <summary>Sealed evidence with its findings document, read back from the store.</summary>
/// <param name="Record">The row: when, by whom, digests.</param>
/// <param name="Document">What was found.</param>
public sealed record SealedFindings(EvidenceRecord Record, FindingsDocument Document)
{
    /// <summary>What stands in every line of provenance: data and evidence.</summary>
    public IReadOnlyList<string> Source =>
    [
        .. Document.Data.Where(data => data.Role == "evaluation").Select(data => $"{data.Name}, {data.Digest[..8]}, n = {Audit.Findings.PlainNumbers.Count(data.Rows)}"),
        $"{Document.Engine.Name}, ONNX Runtime {Document.Engine.OnnxRuntime} on {Document.Engine.Provider}",
        $"seed {Document.Options.Seed}",
    ];
}
