using Governance.Registry.Ledger;
using Governance.Registry.Retention;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Artifacts;

/// <summary>The row of an artefact, in the transaction of the change that uses it.</summary>
internal static class ArtifactRows
{
    /// <summary>Records a stored artefact unless it is on record already.</summary>
    /// <exception cref="ArtifactDamagedException">
    /// Its file was swept since it was stored: the sweep runs in the same gate, so that no row comes without its file.
    /// </exception>
    public static async Task AddAsync(
        RegistryChange change, StoredArtifact artifact, LedgerSubject? scope, CancellationToken cancellationToken)
    {
        ArtifactDigest digest = artifact.Digest;
        if (artifact.Store?.Contains(digest) == false)
        {
            throw new ArtifactDamagedException(digest, "its file was removed before it was registered. Send it again.");
        }

        if (change.Db.Artifacts.Local.Any(row => row.Digest == digest)
            || await change.Db.Artifacts.AnyAsync(row => row.Digest == digest, cancellationToken))
        {
            await Erasures.StoredAgainAsync(change, digest, scope, cancellationToken);
            return;
        }

        change.Add(
            new ArtifactRecord(digest, artifact.Length, artifact.Kind, change.Actor.User, change.Now), "artifact.stored",
            scope);
    }
}
