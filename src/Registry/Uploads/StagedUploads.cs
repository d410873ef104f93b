using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Registry.Uploads;

/// <summary>The folder of unfinished uploads: one encrypted file each, which says by itself whose it is.</summary>
/// <remarks>
/// No row speaks of an upload, so file and row cannot come apart, whenever the process is killed. What is here was never
/// registered: it is continued by its owner, or removed when it expires. Beside each file lies an empty one that is
/// locked while bytes are added, so that of two requests one is refused.
/// </remarks>
public sealed class StagedUploads(RegistryOptions options, ArtifactStore store)
{
    private const string Extension = ".upload";
    private const string LockExtension = ".lock";

    private readonly string folder = options.UploadFolder;

    /// <summary>Makes an empty upload, durably.</summary>
    internal void Create(Upload upload)
    {
        string path = PathOf(upload.Owner, upload.Id);
        string home = Path.GetDirectoryName(path)!;
        DurableFolder.Make(home);
        try
        {
            using (FileStream file = new(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                file.Write(StagedHeader.Write(upload, store.Keys));
                file.Flush(flushToDisk: true);
            }

            DurableFolder.Flush(home);
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>An upload of a person and how far it came; null where there is none of theirs.</summary>
    public UploadState? Find(UserId owner, UploadId id)
    {
        using StagedFile? file = StagedFile.Open(PathOf(owner, id), owner, id, store.Keys, FileAccess.Read);
        return file?.State();
    }

    /// <summary>Every upload of a person, the oldest first.</summary>
    public IReadOnlyList<UploadState> Of(UserId owner) =>
        [.. Files(HomeOf(owner)).Select(file => Find(owner, file.Id)).OfType<UploadState>().OrderBy(state => state.Upload.BegunAt)];

    /// <summary>The last piece that is kept of an upload of a person; null where nothing is.</summary>
    public UploadTail? TailOf(UserId owner, UploadId id)
    {
        using StagedFile? file = StagedFile.Open(PathOf(owner, id), owner, id, store.Keys, FileAccess.Read);
        return file?.Tail();
    }

    /// <summary>The bytes of a whole upload in the clear; null where it is not whole or not theirs.</summary>
    /// <returns>A stream that can be positioned; a byte that was changed on disk throws <see cref="InvalidDataException"/>.</returns>
    public Stream? Open(UserId owner, UploadId id)
    {
        StagedFile? file = StagedFile.Open(PathOf(owner, id), owner, id, store.Keys, FileAccess.Read);
        if (file is null || !file.Frames.IsSealed)
        {
            file?.Dispose();
            return null;
        }

        return file.Release();
    }

    /// <summary>The bytes of a whole upload in memory; null where it is not whole or not theirs.</summary>
    public async Task<byte[]?> ReadAsync(UserId owner, UploadId id, CancellationToken cancellationToken)
    {
        await using Stream? stream = Open(owner, id);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Removes an upload; nothing where there is none.</summary>
    public void Delete(UserId owner, UploadId id)
    {
        File.Delete(PathOf(owner, id));
        File.Delete(Path.ChangeExtension(PathOf(owner, id), LockExtension));
    }

    /// <summary>Every file of the folder with whose it is by its place and when it was written last.</summary>
    internal IEnumerable<(UserId Owner, UploadId Id, DateTimeOffset WrittenAt)> All()
    {
        foreach (string home in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
        {
            foreach ((UploadId id, string path) in Guid.TryParseExact(Path.GetFileName(home), "n", out _) ? Files(home) : [])
            {
                yield return (new UserId(Guid.ParseExact(Path.GetFileName(home), "n")), id, File.GetLastWriteTimeUtc(path));
            }
        }
    }

    /// <summary>Locks an upload for adding bytes; null while another request holds it, or where there is none.</summary>
    internal FileStream? TryLock(UserId owner, UploadId id)
    {
        if (!File.Exists(PathOf(owner, id)))
        {
            return null;
        }

        try
        {
            return new FileStream(
                Path.ChangeExtension(PathOf(owner, id), LockExtension), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(Path.ChangeExtension(PathOf(owner, id), LockExtension)))
        {
            return null;
        }
    }

    /// <summary>Opens an upload for adding bytes; null where there is none of theirs.</summary>
    internal StagedFile? OpenForWriting(UserId owner, UploadId id) =>
        StagedFile.Open(PathOf(owner, id), owner, id, store.Keys, FileAccess.ReadWrite);

    /// <summary>Bytes that are free where uploads are kept.</summary>
    internal long FreeBytes()
    {
        Directory.CreateDirectory(folder);
        return new DriveInfo(folder).AvailableFreeSpace;
    }

    private static IEnumerable<(UploadId Id, string Path)> Files(string home)
    {
        foreach (string path in Directory.Exists(home) ? Directory.EnumerateFiles(home, "*" + Extension) : [])
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "n", out Guid id))
            {
                yield return (new UploadId(id), path);
            }
        }
    }

    private string HomeOf(UserId owner) => Path.Combine(folder, owner.Value.ToString("n"));

    private string PathOf(UserId owner, UploadId id) => Path.Combine(HomeOf(owner), id.Value.ToString("n") + Extension);
}
