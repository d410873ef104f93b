using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Signatures;

/// <summary>Judges a signature that comes with a version, and records it with it.</summary>
internal static class SignatureRows
{
    /// <summary>What a signature is worth by the keys that are trusted now.</summary>
    public static async Task<SignatureJudgement> JudgeAsync(
        GovernanceDb db, ReadOnlyMemory<byte> signature, ArtifactDigest file, CancellationToken cancellationToken) =>
        SignatureJudgement.Of(signature, file, await db.PublisherKeys.AsNoTracking()
            .Where(key => key.WithdrawnAt == null).OrderBy(key => key.AddedAt).ToListAsync(cancellationToken));

    /// <summary>Records a signature that is not wrong, in the transaction of its version.</summary>
    public static async Task AddAsync(
        RegistryChange change, ModelVersion version, StoredArtifact bundle, SignatureJudgement judgement,
        CancellationToken cancellationToken)
    {
        await ArtifactRows.AddAsync(change, bundle, version.Subject, cancellationToken);
        (PublisherKeyId? key, string? hint, string path) = judgement switch
        {
            SignatureJudgement.Trusted trusted => (trusted.Key.Id, trusted.Key.Fingerprint.Hex, trusted.Path),
            SignatureJudgement.UnknownKey unknown => ((PublisherKeyId?)null, unknown.Hint, unknown.Path),
            _ => throw new ArgumentException("A wrong signature is not recorded.", nameof(judgement)),
        };
        change.Add(
            new VersionSignature(
                VersionSignatureId.New(), version.Id, bundle.Digest, key, hint, path, change.Actor.User, change.Now),
            key is null ? "signature.recorded" : "signature.verified", version.Subject);
    }
}
