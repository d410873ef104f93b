using System.Diagnostics;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Backups;

/// <summary>Copies database and store as of one moment, while the portal runs.</summary>
/// <remarks>
/// The database first, in one snapshot; then every artefact that the snapshot speaks of. Artefacts never change, so what
/// is added meanwhile is simply not in this backup. They are copied as they lie there, encrypted; keys are not copied.
/// </remarks>
public sealed class MakeBackup(
    RegistryOptions options, ArtifactStore store, MigrateDatabase migrations, IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <summary>Makes a backup.</summary>
    /// <param name="path">A folder, or a file that ends in .zip; nothing may be there.</param>
    /// <param name="storeOnly">Whether the database is left out, because it is backed up by its own means.</param>
    /// <param name="cancellationToken">Ends it and leaves nothing.</param>
    /// <exception cref="ArtifactDamagedException">An artefact is not what was stored.</exception>
    /// <exception cref="ArtifactKeyException">A key is missing, so a file cannot be known to be whole.</exception>
    public async Task<BackupOutcome> RunAsync(string path, bool storeOnly, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (await RefusalForAsync(target, storeOnly, cancellationToken) is Refusal refusal)
        {
            return new BackupOutcome.Refused(refusal);
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(target, storeOnly, cancellationToken);
            }
            catch (ArtifactDamagedException) when (attempt < Attempts)
            {
                // Erased by retention between snapshot and copy: the next snapshot knows it. Real damage stays.
            }
        }
    }

    private async Task<Refusal?> RefusalForAsync(string target, bool storeOnly, CancellationToken cancellationToken)
    {
        string data = Path.GetFullPath(options.DataFolder) + Path.DirectorySeparatorChar;
        return File.Exists(target) || Directory.Exists(target) || File.Exists(target + ".part") || Directory.Exists(target + ".part")
            ? new Refusal("exists", $"There is something at '{target}' already, or an unfinished backup beside it. Name a new place.")
            : !Directory.Exists(Path.GetDirectoryName(target)) ? new Refusal("no-folder", $"The folder of '{target}' does not exist.")
            : target.StartsWith(data, StringComparison.Ordinal) ? new Refusal("inside", "A backup inside the data folder would be lost with it. Name another place.")
            : options.IsPostgreSql && !storeOnly ? new Refusal(
                "postgresql", "The database is PostgreSQL: back it up with pg_dump first, then back up the store with --store-only.")
            : options.DatabaseFile is string file && !File.Exists(file)
            ? new Refusal("no-database", $"There is no database at '{file}'. Name its folder with --data.")
            : !await migrations.IsCurrentAsync(cancellationToken)
            ? new Refusal("schema", "The database has another schema than this program. Run 'governance migrate' first.")
            : null;
    }

    private async Task<BackupOutcome> OnceAsync(string target, bool storeOnly, CancellationToken cancellationToken)
    {
        string copy = target + ".db.part";
        using BackupPackage package = BackupPackage.Create(target);
        try
        {
            DateTimeOffset madeAt = clock.GetUtcNow();
            BackedUpFile? database = null;
            LedgerVerdict.Holds? ledger = null;
            IDbContextFactory<GovernanceDb> source = contexts;
            if (!storeOnly)
            {
                File.Delete(copy);
                await DatabaseSnapshot.TakeAsync(options.EffectiveConnectionString, copy, cancellationToken);
                source = new DatabaseSnapshot(copy);
                switch (await new VerifyLedger(source).RunAsync(cancellationToken))
                {
                    case LedgerVerdict.Broken broken:
                        return new BackupOutcome.DoesNotHold(broken.Fault.Sentence);
                    case LedgerVerdict.Holds holds:
                        ledger = holds;
                        break;
                    default:
                        throw new UnreachableException();
                }

                await using FileStream stream = new(copy, FileMode.Open, FileAccess.Read, FileShare.Read, 0, useAsync: true);
                database = await package.AddAsync(BackupManifest.DatabaseName, stream, cancellationToken);
            }

            SortedSet<string> keys = new(StringComparer.Ordinal);
            List<BackedUpFile> artifacts = [];
            foreach (ArtifactDigest digest in await Erasures.KeptAsync(source, cancellationToken))
            {
                artifacts.Add(await AddAsync(package, digest, keys, cancellationToken));
            }

            BackupManifest manifest = new(
                BackupManifest.CurrentSchema, Microseconds.Iso(Microseconds.Truncate(madeAt)), database, ledger?.Size,
                ledger?.Root, [.. keys], artifacts);
            using (MemoryStream bytes = new(manifest.ToBytes()))
            {
                await package.AddAsync(BackupManifest.FileName, bytes, cancellationToken);
            }

            package.Finish(target);
            return new BackupOutcome.Made(
                target, artifacts.Count, artifacts.Sum(file => file.Length) + (database?.Length ?? 0), ledger?.Size,
                ledger?.Root, [.. keys]);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    // Read to the last byte first: a backup of damaged files would be found out only when it is needed.
    private async Task<BackedUpFile> AddAsync(
        BackupPackage package, ArtifactDigest digest, SortedSet<string> keys, CancellationToken cancellationToken)
    {
        await store.CheckAsync(digest, cancellationToken);
        using MemoryStream head = new(store.HeaderOf(digest));
        keys.Add(Convert.ToHexStringLower(ArtifactHeader.KeyIdOf(head.ToArray())));
        await using FileStream file = store.OpenSealed(digest);
        file.Position = ArtifactHeader.Length;
        await using HeadedStream whole = new(head, file); // the header apart: a rotation may just be writing it
        return await package.AddAsync(BackupManifest.NameOf(digest), whole, cancellationToken);
    }
}

/// <summary>What came of making a backup.</summary>
public abstract record BackupOutcome
{
    private BackupOutcome()
    {
    }

    /// <summary>It is there, whole.</summary>
    /// <param name="Path">Where.</param>
    /// <param name="Artifacts">How many artefacts.</param>
    /// <param name="Bytes">Of all files together.</param>
    /// <param name="LedgerSize">How many entries; null without a database.</param>
    /// <param name="LedgerRoot">The root over them; null without a database.</param>
    /// <param name="Keys">The names of the keys that it takes to restore it.</param>
    public sealed record Made(
        string Path, int Artifacts, long Bytes, long? LedgerSize, string? LedgerRoot, IReadOnlyList<string> Keys) : BackupOutcome;

    /// <summary>The ledger does not hold; no backup was made of it.</summary>
    public sealed record DoesNotHold(string Sentence) : BackupOutcome;

    /// <summary>It cannot be made so.</summary>
    public sealed record Refused(Refusal Reason) : BackupOutcome;
}
