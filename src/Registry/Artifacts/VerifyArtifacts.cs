using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Artifacts;

/// <summary>What is wrong with a file of the store.</summary>
public enum ArtifactFaultKind
{
    /// <summary>A row speaks of it, but it is not there.</summary>
    Missing,

    /// <summary>It is there, but not the bytes that were stored.</summary>
    Corrupt,

    /// <summary>It is there, but no row speaks of it, or its name is none of ours.</summary>
    Foreign,
}

/// <summary>One fault of the store.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Name">The digest, or the file's name where it is none of ours.</param>
/// <param name="Sentence">The same in words; never a path.</param>
public sealed record ArtifactFault(ArtifactFaultKind Kind, string Name, string Sentence);

/// <summary>What reading the whole store found.</summary>
/// <param name="Read">How many artefacts were read to the last byte and are what they were.</param>
/// <param name="Bytes">Their length together, in the clear.</param>
/// <param name="Unsettled">Young files without a row: of a change under way, or of one that was ended.</param>
/// <param name="Faults">Everything that is wrong; empty where nothing is.</param>
public sealed record ArtifactInventory(int Read, long Bytes, int Unsettled, IReadOnlyList<ArtifactFault> Faults);

/// <summary>Reads every file of the store and compares it with the rows.</summary>
public sealed class VerifyArtifacts(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, TimeProvider clock)
{
    /// <summary>Reads, decrypts and digests everything: some hundred megabytes a second on one core, one megabyte in memory.</summary>
    /// <exception cref="ArtifactKeyException">A key that artefacts were stored with is not here.</exception>
    public async Task<ArtifactInventory> RunAsync(CancellationToken cancellationToken)
    {
        // Rows first: a change that ends meanwhile makes a young file without a row, never a row without a file.
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<(ArtifactDigest Digest, long Length)> rows = await Erasures.KeptAsync(db, cancellationToken);
        List<ArtifactFault> faults = [];
        int read = 0;
        long bytes = 0;
        foreach ((ArtifactDigest digest, long length) in rows)
        {
            if (await FaultOfAsync(digest, cancellationToken) is ArtifactFault fault)
            {
                if (await IsKeptAsync(digest, cancellationToken))
                {
                    faults.Add(fault);
                }
            }
            else
            {
                read++;
                bytes += length;
            }
        }

        int unsettled = AddForeign([.. rows.Select(row => row.Digest)], faults);
        return new ArtifactInventory(read, bytes, unsettled, faults);
    }

    // Retention erases files, and traffic's chunks are put together, while the store is read: what no row speaks of any more is gone by right.
    private async Task<bool> IsKeptAsync(ArtifactDigest digest, CancellationToken cancellationToken)
    {
        await using GovernanceDb now = await contexts.CreateDbContextAsync(cancellationToken);
        return await Erasures.IsKeptAsync(now, digest, cancellationToken);
    }

    private async Task<ArtifactFault?> FaultOfAsync(ArtifactDigest digest, CancellationToken cancellationToken)
    {
        if (!store.Contains(digest))
        {
            return new ArtifactFault(ArtifactFaultKind.Missing, digest.Hex, $"The file of artefact {digest.Short} is missing.");
        }

        try
        {
            await store.CheckAsync(digest, cancellationToken);
            return null;
        }
        catch (ArtifactDamagedException fault)
        {
            return new ArtifactFault(ArtifactFaultKind.Corrupt, digest.Hex, fault.Message);
        }
    }

    private int AddForeign(HashSet<ArtifactDigest> known, List<ArtifactFault> faults)
    {
        DateTime limit = (clock.GetUtcNow() - SweepArtifacts.MinAge).UtcDateTime;
        int unsettled = 0;
        foreach (StoreFile file in store.Files())
        {
            if (file.IsForeign)
            {
                string name = Path.GetFileName(file.Path);
                faults.Add(new ArtifactFault(ArtifactFaultKind.Foreign, name, $"The store holds a file named '{name}', which this program never wrote."));
            }
            else if (file.Digest is not ArtifactDigest digest || !known.Contains(digest))
            {
                if (file.Digest is ArtifactDigest stray && File.GetLastWriteTimeUtc(file.Path) < limit)
                {
                    faults.Add(new ArtifactFault(ArtifactFaultKind.Foreign, stray.Hex, $"No row speaks of the stored artefact {stray.Short}."));
                }
                else
                {
                    unsettled++;
                }
            }
        }

        return unsettled;
    }
}
