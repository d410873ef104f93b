namespace Governance.Registry.Artifacts;

/// <summary>An artefact whose file is safely in the store, and whose row comes with the change that uses it.</summary>
/// <param name="Digest">SHA-256 of its bytes in the clear.</param>
/// <param name="Length">In bytes, in the clear.</param>
/// <param name="Kind">What it is used as.</param>
public sealed record StoredArtifact(ArtifactDigest Digest, long Length, ArtifactKind Kind)
{
    /// <summary>Where it was stored; null where nobody stored it just now.</summary>
    internal ArtifactStore? Store { get; init; }
}
