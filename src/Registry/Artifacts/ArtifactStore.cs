namespace Governance.Registry.Artifacts;

/// <summary>The encrypted, content-addressed store: files under the data folder, named by their SHA-256 in the clear.</summary>
/// <remarks>
/// Order of a write: temporary file, fsync, rename, fsync of the folder, then the row in the transaction of the change.
/// A process killed in between leaves at most a file without a row, which <see cref="SweepArtifacts"/> removes; never a
/// row without its file. Bytes in the clear are only ever in memory. A process that writes holds a shared lock beside the
/// folder until it ends, however it ends: whoever gets that lock alone knows that nothing is half done by anyone alive.
/// </remarks>
public sealed class ArtifactStore : IDisposable
{
    private const string Extension = ".art";
    private const string Unfinished = ".part";

    private readonly string folder;
    private readonly KeyRingSource keys;
    private readonly Lazy<FileStream> presence;
    private KeyRing? fitting;

    /// <summary>Opens the store.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="keys">Asked for at the first use, with whether the store is still empty.</param>
    /// <param name="keyFile">The file that they come from, so that a new key is noticed; null where it never changes.</param>
    public ArtifactStore(string folder, Func<bool, KeyRing> keys, Func<string?>? keyFile = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        this.folder = Path.GetFullPath(folder);
        this.keys = new KeyRingSource(() => keys(!Files().Any()), () => KeyRingSource.StampOf(keyFile?.Invoke()));
        presence = new Lazy<FileStream>(() => StoreLock.Share(this.folder + StoreLock.Extension));
    }

    /// <summary>The keys, for what else is kept encrypted beside the store.</summary>
    internal KeyRing Keys => keys.Value;

    /// <summary>Loads the keys now, so that a missing or unsafe key stops the start and not the first upload.</summary>
    /// <exception cref="ArtifactKeyException">The keys cannot be used.</exception>
    public void CheckKeys() => _ = keys.Value;

    /// <summary>Stores a stream, hashing and encrypting while it is read. The same bytes again are kept once.</summary>
    /// <param name="source">In the clear; read once to its end, not disposed.</param>
    /// <param name="kind">What it is used as.</param>
    /// <param name="limit">The most bytes accepted.</param>
    /// <param name="cancellationToken">Ends the write and leaves nothing.</param>
    /// <exception cref="ArtifactTooLargeException">More than <paramref name="limit"/> bytes came; nothing is kept.</exception>
    /// <exception cref="IOException">The store cannot be written (<see cref="Storage.StorageFault"/>); nothing is kept.</exception>
    /// <exception cref="ArtifactKeyException">The keys are those of another store; nothing is kept.</exception>
    public async Task<StoredArtifact> WriteAsync(
        Stream source, ArtifactKind kind, long limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        DurableFolder.Make(folder);
        _ = presence.Value;
        KeyRing ring = FittingKeys(); // before a file of this write lies there: only an empty store may make a key
        string temporary = Path.Combine(folder, $"{Guid.CreateVersion7():n}{Unfinished}");
        try
        {
            ArtifactDigest digest;
            long length;
            await using (FileStream file = new(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                (digest, length) = await ArtifactCipher.EncryptAsync(source, file, limit, ring, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            // Also where the file is there already: the new one is whole for certain, the old one might be damaged.
            string path = PathOf(digest);
            string home = Path.GetDirectoryName(path)!;
            DurableFolder.Make(home);
            File.Move(temporary, path, overwrite: true);
            DurableFolder.Flush(home);
            return new StoredArtifact(digest, length, kind) { Store = this };
        }
        finally
        {
            File.Delete(temporary); // after the rename there is nothing left to delete
        }
    }

    /// <summary>Stores bytes in memory.</summary>
    public async Task<StoredArtifact> WriteAsync(
        ReadOnlyMemory<byte> bytes, ArtifactKind kind, CancellationToken cancellationToken)
    {
        using MemoryStream source = new(bytes.ToArray(), writable: false);
        return await WriteAsync(source, kind, bytes.Length, cancellationToken);
    }

    /// <summary>Whether the file of an artefact is there; says nothing of its health.</summary>
    public bool Contains(ArtifactDigest digest) => File.Exists(PathOf(digest));

    /// <summary>The length and the time of an artefact's file, by which a reader notices that it is no longer what was read.</summary>
    /// <returns>Bytes on disk and UTC; null where the file is missing.</returns>
    public (long Length, DateTime Written)? StampOf(ArtifactDigest digest)
    {
        FileInfo file = new(PathOf(digest));
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <summary>Reads an artefact into memory, checked to the last byte.</summary>
    /// <exception cref="ArtifactDamagedException">It is missing, or a byte differs from what was stored.</exception>
    /// <exception cref="ArtifactKeyException">The key that it was stored with is not here.</exception>
    public async Task<byte[]> ReadAsync(ArtifactDigest digest, CancellationToken cancellationToken)
    {
        using MemoryStream memory = new();
        await DecryptAsync(digest, chunk =>
        {
            memory.Write(chunk.Span);
            return ValueTask.CompletedTask;
        }, cancellationToken);
        return memory.ToArray();
    }

    /// <summary>Reads an artefact as a stream over memory, checked to the last byte before it is returned.</summary>
    /// <exception cref="ArtifactDamagedException">It is missing, or a byte differs from what was stored.</exception>
    /// <exception cref="ArtifactKeyException">The key that it was stored with is not here.</exception>
    public async Task<Stream> OpenAsync(ArtifactDigest digest, CancellationToken cancellationToken) =>
        new MemoryStream(await ReadAsync(digest, cancellationToken), writable: false);

    /// <summary>Checks an artefact to the last byte and keeps nothing of it.</summary>
    /// <exception cref="ArtifactDamagedException">It is missing, or a byte differs from what was stored.</exception>
    /// <exception cref="ArtifactKeyException">The key that it was stored with is not here.</exception>
    public Task CheckAsync(ArtifactDigest digest, CancellationToken cancellationToken) =>
        DecryptAsync(digest, static _ => ValueTask.CompletedTask, cancellationToken);

    /// <summary>Where the file of an artefact lies.</summary>
    internal string PathOf(ArtifactDigest digest) => Path.Combine(folder, digest.Hex[..2], digest.Hex[2..] + Extension);

    /// <summary>Destroys an artefact: its wrapped key is overwritten on disk, then the file goes. Nothing where it is gone.</summary>
    /// <remarks>Without the data key the chunks are noise, on this disk and wherever its old blocks turn up.</remarks>
    internal void Shred(ArtifactDigest digest)
    {
        string path = PathOf(digest);
        Rewraps.Forget(digest);
        if (!File.Exists(path))
        {
            return;
        }

        using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0))
        {
            file.Write(new byte[ArtifactHeader.Length]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Opens the encrypted file of an artefact as it lies there.</summary>
    /// <exception cref="ArtifactDamagedException">It is missing.</exception>
    internal FileStream OpenSealed(ArtifactDigest digest)
    {
        try
        {
            return new FileStream(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactDamagedException(digest, "its file is missing.", fault);
        }
    }

    /// <summary>The header of an artefact's file, whole even while a rotation writes it.</summary>
    /// <exception cref="ArtifactDamagedException">It is missing, or its header was changed.</exception>
    /// <exception cref="ArtifactKeyException">The key that it was stored with is not here.</exception>
    internal byte[] HeaderOf(ArtifactDigest digest)
    {
        using FileStream file = OpenSealed(digest);
        return ArtifactHeader.Whole(file, digest, () => keys.Value, () => Rewraps.PendingOf(digest));
    }

    private KeyRing FittingKeys()
    {
        KeyRing ring = keys.Value;
        if (!ReferenceEquals(ring, fitting))
        {
            StoredKeys.Refuse(ring, Files());
            fitting = ring;
        }

        return ring;
    }

    /// <summary>Wraps the keys of artefacts anew.</summary>
    internal ArtifactHeaderRewrap Rewraps => new(folder + ".rewrap");

    /// <summary>Whether no other process writes here, and none may begin to until the result is disposed; null otherwise.</summary>
    internal IDisposable? TryHoldAlone() =>
        presence.IsValueCreated || !Directory.Exists(folder) ? null : StoreLock.TryAlone(folder + StoreLock.Extension);

    /// <summary>Every file in the store.</summary>
    internal IEnumerable<StoreFile> Files()
    {
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            yield return StoreFile.Of(Path.GetRelativePath(folder, path), path, Extension, Unfinished);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (presence.IsValueCreated)
        {
            presence.Value.Dispose();
        }
    }

    private async Task DecryptAsync(
        ArtifactDigest digest, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellationToken)
    {
        FileStream file = OpenSealed(digest);
        await using (file)
        {
            await ArtifactCipher.DecryptAsync(
                file, digest, () => keys.Value, () => Rewraps.PendingOf(digest), write, cancellationToken);
        }
    }
}
