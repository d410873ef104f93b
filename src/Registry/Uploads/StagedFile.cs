using System.Security.Cryptography;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Uploads;

/// <summary>An open file of an upload, with the key to its pieces.</summary>
internal sealed class StagedFile : IDisposable
{
    private readonly FileStream file;
    private readonly AesGcm cipher;
    private readonly Upload upload;
    private bool released;

    private StagedFile(FileStream file, AesGcm cipher, Upload upload, StagedFrames frames)
    {
        this.file = file;
        this.cipher = cipher;
        this.upload = upload;
        Frames = frames;
    }

    /// <summary>What is in it.</summary>
    public StagedFrames Frames { get; }

    /// <summary>What is uploaded.</summary>
    public Upload Upload => upload;

    /// <summary>The file, at any position.</summary>
    public FileStream Content => file;

    /// <summary>With the upload's own key.</summary>
    public AesGcm Cipher => cipher;

    /// <summary>Opens a file; null where there is none, or it is torn or another's.</summary>
    public static StagedFile? Open(string path, UserId owner, UploadId id, KeyRing keys, FileAccess access)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        StagedHeader? header = null;
        try
        {
            header = StagedHeader.Read(file, id, keys);
            if (header is null || header.Upload.Owner != owner)
            {
                return null;
            }

            StagedFrames frames = StagedFrames.Scan(file, header.Length);
            StagedFile opened = new(file, new AesGcm(header.DataKey, ArtifactHeader.TagLength), header.Upload, frames);
            file = null!;
            return opened;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(header?.DataKey);
            file?.Dispose();
        }
    }

    /// <summary>How far it came; a sealed one is as long as it is, however long it was expected to be.</summary>
    public UploadState State() => new(
        Frames.IsSealed ? upload with { Length = Frames.Offset } : upload, Frames.Offset, Frames.IsSealed ? Frames.ReadDigest(file, cipher, upload.Id) : null,
        File.GetLastWriteTimeUtc(file.SafeFileHandle));

    /// <summary>The last piece; null where there is none, or its bytes are not those that were written.</summary>
    public UploadTail? Tail()
    {
        if (Frames.All.Count == 0)
        {
            return null;
        }

        StagedFrame last = Frames.All[^1];
        byte[] plain = new byte[last.Length];
        try
        {
            StagedFrames.Read(file, cipher, upload.Id, last, plain);
            return new UploadTail(last.Offset, Convert.ToHexStringLower(SHA256.HashData(plain)));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The bytes in the clear; the stream owns the file from now on.</summary>
    public StagedReader Release()
    {
        released = true;
        return new StagedReader(file, cipher, upload.Id, Frames);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!released)
        {
            cipher.Dispose();
            file.Dispose();
        }
    }
}
