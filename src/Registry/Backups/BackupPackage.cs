using System.IO.Compression;
using System.Security.Cryptography;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Backups;

/// <summary>Where the files of a backup lie: a folder, or one zip file.</summary>
internal abstract class BackupPackage : IDisposable
{
    private const int Block = 1 << 20;

    /// <summary>Begins a package beside its final place.</summary>
    /// <param name="path">A name that ends in .zip makes a file, another one a folder; nothing may be there yet.</param>
    public static BackupPackage Create(string path) =>
        path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? new ZipPackage(path + ".part", create: true) : new FolderPackage(path + ".part", create: true);

    /// <summary>Opens a package; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is a file, but no zip file.</exception>
    public static BackupPackage? Open(string path) =>
        Directory.Exists(path) ? new FolderPackage(path, create: false)
        : File.Exists(path) ? new ZipPackage(path, create: false)
        : null;

    /// <summary>Every file in it, in no order.</summary>
    public abstract IReadOnlyList<string> Names();

    /// <summary>Opens a file; null where there is none of this name.</summary>
    public abstract Stream? OpenRead(string name);

    /// <summary>Copies a stream into the package.</summary>
    public async Task<BackedUpFile> AddAsync(string name, Stream source, CancellationToken cancellationToken)
    {
        await using Stream target = OpenWrite(name);
        (long length, string sha256) = await CopyAsync(source, target, long.MaxValue, cancellationToken);
        Flush(target);
        return new BackedUpFile(name, length, sha256);
    }

    /// <summary>Puts the finished package in its place, durably.</summary>
    public abstract void Finish(string path);

    /// <summary>Copies and digests at most so many bytes.</summary>
    /// <exception cref="InvalidDataException">There are more.</exception>
    public static async Task<(long Length, string Sha256)> CopyAsync(
        Stream source, Stream target, long most, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[Block];
        long length = 0;
        int got;
        while ((got = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            length += got;
            if (length > most)
            {
                throw new InvalidDataException("There is more than the manifest says.");
            }

            hash.AppendData(buffer, 0, got);
            await target.WriteAsync(buffer.AsMemory(0, got), cancellationToken);
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract Stream OpenWrite(string name);

    protected abstract void Flush(Stream written);

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A backup as a folder.</summary>
internal sealed class FolderPackage : BackupPackage
{
    private readonly string folder;
    private readonly bool create;
    private bool finished;

    public FolderPackage(string folder, bool create)
    {
        this.folder = Path.GetFullPath(folder);
        this.create = create;
        if (create)
        {
            Directory.CreateDirectory(this.folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public override IReadOnlyList<string> Names() =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')),
    ];

    public override Stream? OpenRead(string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, useAsync: true) : null;
    }

    public override void Finish(string path)
    {
        foreach (string each in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            DurableFolder.Flush(each);
        }

        Directory.Move(folder, Path.GetFullPath(path));
        finished = true;
        DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    protected override Stream OpenWrite(string name)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    protected override void Flush(Stream written) => ((FileStream)written).Flush(flushToDisk: true);

    protected override void Dispose(bool disposing)
    {
        if (create && !finished && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        base.Dispose(disposing);
    }
}

/// <summary>A backup as one zip file. Its parts are not compressed: encrypted bytes do not shrink.</summary>
internal sealed class ZipPackage : BackupPackage
{
    private readonly FileStream file;
    private readonly ZipArchive zip;
    private readonly bool create;
    private bool finished;

    public ZipPackage(string path, bool create)
    {
        this.create = create;
        file = new FileStream(path, new FileStreamOptions
        {
            Mode = create ? FileMode.CreateNew : FileMode.Open,
            Access = create ? FileAccess.ReadWrite : FileAccess.Read,
            Share = create ? FileShare.None : FileShare.Read,
            UnixCreateMode = create ? UnixFileMode.UserRead | UnixFileMode.UserWrite : null,
        });
        try
        {
            zip = new ZipArchive(file, create ? ZipArchiveMode.Create : ZipArchiveMode.Read, leaveOpen: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Names() => [.. zip.Entries.Select(entry => entry.FullName)];

    public override Stream? OpenRead(string name) => zip.GetEntry(name)?.Open();

    public override void Finish(string path)
    {
        zip.Dispose(); // writes the directory at the file's end
        file.Flush(flushToDisk: true);
        file.Dispose();
        File.Move(file.Name, path, overwrite: false);
        finished = true;
        DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    protected override Stream OpenWrite(string name) => zip.CreateEntry(name, CompressionLevel.NoCompression).Open();

    // The whole file is flushed once, when it is finished.
    protected override void Flush(Stream written) => written.Flush();

    protected override void Dispose(bool disposing)
    {
        if (!finished)
        {
            zip.Dispose();
            file.Dispose();
            if (create)
            {
                File.Delete(file.Name);
            }
        }

        base.Dispose(disposing);
    }
}
