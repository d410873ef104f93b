using Governance.Audit.Inference;

namespace Governance.Audit.Quarantine;

/// <summary>What a child process found: a refusal, or a signature with checks.</summary>
internal sealed record TrialReport
{
    /// <summary>Why the model is refused, one sentence; null where it is not.</summary>
    public string? Refusal { get; init; }

    public ModelSignature? Signature { get; init; }

    public IReadOnlyList<ModelCheck> Checks { get; init; } = [];

    /// <summary>The most memory that the process had in use, in bytes.</summary>
    public long PeakBytes { get; init; }
}
