using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Uploads;

/// <summary>An open file of an upload: adds bytes sealed, and seals the whole.</summary>
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

    /// <summary>How far it came.</summary>
    public UploadState State() => new(
        upload, Frames.Offset, Frames.IsSealed ? Frames.ReadDigest(file, cipher, upload.Id) : null,
        File.GetLastWriteTimeUtc(file.SafeFileHandle));

    /// <summary>Adds what a stream gives, in sealed pieces, each of them on disk before it is acknowledged.</summary>
    /// <param name="source">In the clear. If it breaks off, what came before is kept, and its exception is passed on.</param>
    /// <param name="check">Judges the first bytes of the file, before they are kept.</param>
    /// <param name="cancellationToken">Ends it like a source that breaks off.</param>
    /// <returns>A refusal, with nothing of this stream kept; or null.</returns>
    public async Task<Refusal?> AppendAsync(
        Stream source, Func<ReadOnlyMemory<byte>, Refusal?> check, CancellationToken cancellationToken)
    {
        file.SetLength(Frames.End); // a torn piece is written anew
        long start = Frames.End;
        byte[] buffer = new byte[StagedFrames.MostLength];
        try
        {
            ExceptionDispatchInfo? broken = null;
            while (broken is null)
            {
                long missing = upload.Length - Frames.Offset;
                int want = (int)Math.Min(buffer.Length, missing + 1); // one byte more tells "exactly" from "more"
                (int got, broken) = await FillAsync(source, buffer.AsMemory(0, want), cancellationToken);
                if (got > missing)
                {
                    file.SetLength(start);
                    return new Refusal("longer-than-declared", $"More than the declared {upload.Length} bytes were sent.");
                }

                // Too little to tell by is judged when the file is whole.
                bool enough = got >= Math.Min(FileContent.HeadLength, upload.Length);
                if (enough && Frames.Offset == 0 && check(buffer.AsMemory(0, got)) is Refusal refusal)
                {
                    return refusal;
                }

                if (got > 0 && Frames.All.Count >= StagedFrames.MostFrames(upload.Length))
                {
                    return new Refusal("too-many-pieces", "The file came in too many small pieces. Begin again with larger ones.");
                }

                Write(buffer.AsSpan(0, got));
                if (got < want)
                {
                    break;
                }
            }

            file.Flush(flushToDisk: true);
            broken?.Throw();
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>Reads everything back, and writes the digest of the whole behind it.</summary>
    /// <param name="check">Judges the first bytes of the file.</param>
    /// <param name="cancellationToken">Ends it; it can be done again.</param>
    /// <exception cref="InvalidOperationException">Bytes are missing yet.</exception>
    /// <exception cref="AuthenticationTagMismatchException">A piece was changed on disk.</exception>
    public Refusal? Seal(Func<ReadOnlyMemory<byte>, Refusal?> check, CancellationToken cancellationToken)
    {
        if (Frames.Offset != upload.Length)
        {
            throw new InvalidOperationException("The upload is not complete.");
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[StagedFrames.MostLength];
        using MemoryStream head = new();
        try
        {
            foreach (StagedFrame frame in Frames.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> plain = piece.AsSpan(0, frame.Length);
                StagedFrames.Read(file, cipher, upload.Id, frame, plain);
                hash.AppendData(plain);
                if (head.Length < FileContent.HeadLength)
                {
                    head.Write(plain[..(int)Math.Min(plain.Length, FileContent.HeadLength - head.Length)]);
                }
            }

            if (check(head.ToArray()) is Refusal refusal)
            {
                return refusal;
            }

            byte[] seal = StagedFrames.SealDigest(cipher, upload.Id, upload.Length, hash.GetHashAndReset());
            file.SetLength(Frames.End);
            file.Position = Frames.End;
            file.Write(seal);
            file.Flush(flushToDisk: true);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(piece);
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

    private void Write(ReadOnlySpan<byte> plain)
    {
        if (plain.Length == 0)
        {
            return;
        }

        byte[] bytes = StagedFrames.Seal(cipher, upload.Id, Frames.Offset, plain);
        file.Position = Frames.End;
        file.Write(bytes);
        Frames.Add(plain.Length);
    }

    // A connection that drops is no reason to lose what it brought.
    private static async Task<(int Got, ExceptionDispatchInfo? Broken)> FillAsync(
        Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int got = 0;
        try
        {
            while (got < buffer.Length)
            {
                int read = await source.ReadAsync(buffer[got..], cancellationToken);
                if (read == 0)
                {
                    break;
                }

                got += read;
            }

            return (got, null);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            return (got, ExceptionDispatchInfo.Capture(fault));
        }
    }
}
