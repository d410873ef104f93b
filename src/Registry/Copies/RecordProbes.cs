using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Copies;

/// <summary>Keeps the secret probe rows of a version, drawn at the first check on a data set.</summary>
public sealed class RecordProbes(AppendGate gate, ArtifactStore store, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>What was kept for a version and a data set; null where nothing was.</summary>
    public async Task<byte[]?> FindAsync(ModelVersionId version, DatasetId dataset, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ProbeRecord? row = await db.Probes.AsNoTracking()
            .FirstOrDefaultAsync(probes => probes.Version == version && probes.Dataset == dataset, cancellationToken);
        return row is null ? null : await store.ReadAsync(row.Artifact, cancellationToken);
    }

    /// <summary>Keeps them; where another request was first, that one's count.</summary>
    /// <param name="actor">Who checks.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="dataset">Drawn from which data.</param>
    /// <param name="content">Encrypted in the store; never shown.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>What is kept now.</returns>
    public async Task<byte[]> RunAsync(
        Actor actor, ModelVersionId version, DatasetId dataset, byte[] content, CancellationToken cancellationToken)
    {
        StoredArtifact artifact = await store.WriteAsync(content, ArtifactKind.Probes, cancellationToken);
        ArtifactDigest kept = await gate.RunAsync(actor, async change =>
        {
            ProbeRecord? first = await change.Db.Probes.AsNoTracking()
                .FirstOrDefaultAsync(probes => probes.Version == version && probes.Dataset == dataset, cancellationToken);
            if (first is not null)
            {
                return first.Artifact;
            }

            LedgerSubject scope = new(LedgerSubject.Version, version.ToString());
            await ArtifactRows.AddAsync(change, artifact, scope, cancellationToken);
            change.Add(new ProbeRecord(version, dataset, artifact.Digest, change.Now), "probes.drawn", scope);
            return artifact.Digest;
        }, cancellationToken);
        return kept == artifact.Digest ? content : await store.ReadAsync(kept, cancellationToken);
    }
}
