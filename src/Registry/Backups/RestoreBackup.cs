using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Retention;
using Governance.Registry.Storage;

namespace Governance.Registry.Backups;

/// <summary>Brings a backup back into an empty folder, and proves it before it says so.</summary>
/// <remarks>
/// Everything is copied into a folder beside the target and checked there: each file against the manifest, the ledger
/// from its first entry, the rows against the artefacts, each artefact to its last byte in the clear. Only then it
/// takes the target's name.
/// </remarks>
public sealed class RestoreBackup(RegistryOptions options)
{
    /// <summary>Restores.</summary>
    /// <param name="path">The backup: a folder or a zip file.</param>
    /// <param name="expectedRoot">The root that was noted down when the backup was made; null to go by the manifest's.</param>
    /// <param name="cancellationToken">Ends it and leaves nothing.</param>
    /// <exception cref="ArtifactKeyException">The key is not here.</exception>
    public async Task<RestoreOutcome> RunAsync(string path, string? expectedRoot, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataFolder));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            return Refused("not-empty", $"'{target}' is not an empty folder. A backup is restored to an empty one only.");
        }

        KeyRing keys = options.LoadKeys(storeIsEmpty: false);
        string staging = $"{target}.restoring-{Guid.CreateVersion7():n}";
        try
        {
            using BackupPackage? package = BackupPackage.Open(path);
            if (package is null)
            {
                return Refused("no-backup", $"There is no backup at '{path}'.");
            }

            Directory.CreateDirectory(staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            BackupManifest manifest = await ReadManifestAsync(package, cancellationToken);
            await CopyAsync(package, manifest, staging, cancellationToken);
            long migrated = await ProveAsync(manifest, staging, keys, expectedRoot, cancellationToken);
            if (Directory.Exists(target))
            {
                Directory.Delete(target); // empty, or this fails
            }

            DurableFolder.Make(Path.GetDirectoryName(target)!);
            Directory.Move(staging, target);
            DurableFolder.Flush(Path.GetDirectoryName(target)!);
            return new RestoreOutcome.Restored(
                manifest.Artifacts.Count, manifest.LedgerSize, manifest.LedgerRoot, manifest.MadeAt, (int)migrated);
        }
        catch (BackupFaultException fault)
        {
            return new RestoreOutcome.DoesNotHold(fault.Message);
        }
        catch (InvalidDataException)
        {
            return new RestoreOutcome.DoesNotHold("The backup is damaged: a part of the file cannot be read as what it should be.");
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }

    private static RestoreOutcome.Refused Refused(string code, string sentence) => new(new Refusal(code, sentence));

    private static async Task<BackupManifest> ReadManifestAsync(BackupPackage package, CancellationToken cancellationToken)
    {
        await using Stream? stream = package.OpenRead(BackupManifest.FileName);
        if (stream is null)
        {
            throw new BackupFaultException("This is no whole backup: its manifest is missing.");
        }

        using MemoryStream bytes = new();
        await BackupPackage.CopyAsync(stream, bytes, BackupManifest.MostBytes, cancellationToken);
        try
        {
            return BackupManifest.Read(bytes.ToArray());
        }
        catch (FormatException fault)
        {
            throw new BackupFaultException("The backup's manifest was changed or cut off.", fault);
        }
    }

    private static async Task CopyAsync(
        BackupPackage package, BackupManifest manifest, string staging, CancellationToken cancellationToken)
    {
        BackedUpFile[] files = [.. manifest.Database is BackedUpFile database ? [database] : (BackedUpFile[])[], .. manifest.Artifacts];
        HashSet<string> known = [BackupManifest.FileName, .. files.Select(file => file.Name)];
        IReadOnlyList<string> names = package.Names();
        if (names.Count != names.Distinct(StringComparer.Ordinal).Count() || names.FirstOrDefault(name => !known.Contains(name)) is not null)
        {
            throw new BackupFaultException("The backup holds files that its manifest does not name.");
        }

        foreach (BackedUpFile file in files)
        {
            await using Stream source = package.OpenRead(file.Name)
                ?? throw new BackupFaultException($"The backup lacks '{file.Name}', which its manifest names.");
            string path = Path.Combine(staging, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using FileStream target = new(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            (long length, string sha256) = await BackupPackage.CopyAsync(source, target, file.Length, cancellationToken);
            if (length != file.Length || sha256 != file.Sha256)
            {
                throw new BackupFaultException($"'{file.Name}' is not what the manifest says: it was changed, cut off, or is of another backup.");
            }

            target.Flush(flushToDisk: true);
        }
    }

    private static async Task<long> ProveAsync(
        BackupManifest manifest, string staging, KeyRing keys, string? expectedRoot, CancellationToken cancellationToken)
    {
        long migrated = 0;
        if (manifest.Database is not null)
        {
            migrated = await ProveLedgerAsync(manifest, staging, expectedRoot, cancellationToken);
        }
        else if (expectedRoot is not null)
        {
            throw new BackupFaultException("The backup holds no database, so there is no root to compare.");
        }

        using ArtifactStore store = new(Path.Combine(staging, "artifacts"), _ => keys);
        foreach (BackedUpFile file in manifest.Artifacts)
        {
            try
            {
                await store.CheckAsync(BackupManifest.DigestOf(file.Name)!.Value, cancellationToken);
            }
            catch (ArtifactDamagedException fault)
            {
                throw new BackupFaultException(fault.Message, fault);
            }
        }

        return migrated;
    }

    private static async Task<long> ProveLedgerAsync(
        BackupManifest manifest, string staging, string? expectedRoot, CancellationToken cancellationToken)
    {
        DatabaseSnapshot database = new(Path.Combine(staging, BackupManifest.DatabaseName));
        if (await database.FaultAsync(cancellationToken) is not null)
        {
            throw new BackupFaultException("The database in the backup is damaged.");
        }

        // A backup of an older program is brought up to date first: the proof below reads today's schema.
        int migrated;
        await using (GovernanceDb db = database.CreateDbContext())
        {
            migrated = (await ApplyMigrations.RunAsync(db, cancellationToken)).Count;
        }

        if (await new VerifyLedger(database).RunAsync(cancellationToken) is not LedgerVerdict.Holds ledger)
        {
            throw new BackupFaultException("The ledger in the backup does not hold.");
        }

        if (ledger.Size != manifest.LedgerSize || ledger.Root != manifest.LedgerRoot)
        {
            throw new BackupFaultException("The ledger in the backup is not the one that its manifest names: parts of two backups were mixed.");
        }

        if (expectedRoot is not null && expectedRoot != ledger.Root)
        {
            throw new BackupFaultException("The ledger in the backup has another root than the one expected: it is of another time, or was rewritten.");
        }

        HashSet<string> present = [.. manifest.Artifacts.Select(file => file.Name)];
        HashSet<string> needed = [.. (await Erasures.KeptAsync(database, cancellationToken)).Select(BackupManifest.NameOf)];
        return present.SetEquals(needed)
            ? migrated
            : throw new BackupFaultException("The artefacts in the backup are not those that its database speaks of.");
    }
}

/// <summary>What came of restoring a backup.</summary>
public abstract record RestoreOutcome
{
    private RestoreOutcome()
    {
    }

    /// <summary>It is back, and everything was proved.</summary>
    /// <param name="Artifacts">How many artefacts, each read to its last byte.</param>
    /// <param name="LedgerSize">How many entries; null where the backup holds the store only.</param>
    /// <param name="LedgerRoot">The root over them; null where the backup holds the store only.</param>
    /// <param name="MadeAt">When the backup was made.</param>
    /// <param name="Migrations">How many schema changes were applied to an older database.</param>
    public sealed record Restored(int Artifacts, long? LedgerSize, string? LedgerRoot, string MadeAt, int Migrations) : RestoreOutcome;

    /// <summary>A proof fails; nothing was restored.</summary>
    public sealed record DoesNotHold(string Sentence) : RestoreOutcome;

    /// <summary>It cannot be done so; nothing was restored.</summary>
    public sealed record Refused(Refusal Reason) : RestoreOutcome;
}

/// <summary>A backup that is not what it says.</summary>
internal sealed class BackupFaultException : Exception
{
    public BackupFaultException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
