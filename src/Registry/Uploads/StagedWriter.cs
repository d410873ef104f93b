using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Governance.Registry.Access;

namespace Governance.Registry.Uploads;

/// <summary>Adds bytes to an upload, sealed, and seals the whole. Whoever makes one holds the upload's lock.</summary>
/// <param name="staged">Opened for writing.</param>
internal sealed class StagedWriter(StagedFile staged)
{
    /// <summary>Adds what a stream gives, in sealed pieces, each of them on disk before it is acknowledged.</summary>
    /// <param name="source">In the clear. If it breaks off, what came before is kept, and its exception is passed on.</param>
    /// <param name="check">Judges the first bytes of the file, before they are kept.</param>
    /// <param name="cancellationToken">Ends it like a source that breaks off.</param>
    /// <returns>A refusal, with nothing of this stream kept; or null.</returns>
    public async Task<Refusal?> AppendAsync(
        Stream source, Func<ReadOnlyMemory<byte>, Refusal?> check, CancellationToken cancellationToken)
    {
        staged.Content.SetLength(staged.Frames.End); // a torn piece is written anew
        long start = staged.Frames.End;
        byte[] buffer = new byte[StagedFrames.MostLength];
        try
        {
            ExceptionDispatchInfo? broken = null;
            while (broken is null)
            {
                long missing = staged.Upload.Length - staged.Frames.Offset;
                int want = (int)Math.Min(buffer.Length, missing + 1); // one byte more tells "exactly" from "more"
                (int got, broken) = await FillAsync(source, buffer.AsMemory(0, want), cancellationToken);
                if (got > missing)
                {
                    staged.Content.SetLength(start);
                    return new Refusal("longer-than-declared", $"More than the declared {staged.Upload.Length} bytes were sent.");
                }

                // Too little to tell by is judged when the file is whole.
                bool enough = got >= Math.Min(FileContent.HeadLength, staged.Upload.Length);
                if (enough && staged.Frames.Offset == 0 && check(buffer.AsMemory(0, got)) is Refusal refusal)
                {
                    return refusal;
                }

                if (got > 0 && staged.Frames.All.Count >= StagedFrames.MostFrames(staged.Upload.Length))
                {
                    return new Refusal("too-many-pieces", "The file came in too many small pieces. Begin again with larger ones.");
                }

                Write(buffer.AsSpan(0, got));
                if (got < want)
                {
                    break;
                }
            }

            staged.Content.Flush(flushToDisk: true);
            broken?.Throw();
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>Reads everything back, and writes the digest of the whole behind it.</summary>
    /// <param name="check">Judges the first bytes of the staged.Content.</param>
    /// <param name="cancellationToken">Ends it; it can be done again.</param>
    /// <exception cref="AuthenticationTagMismatchException">A piece was changed on disk.</exception>
    public Refusal? Seal(Func<ReadOnlyMemory<byte>, Refusal?> check, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[StagedFrames.MostLength];
        using MemoryStream head = new();
        try
        {
            foreach (StagedFrame frame in staged.Frames.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> plain = piece.AsSpan(0, frame.Length);
                StagedFrames.Read(staged.Content, staged.Cipher, staged.Upload.Id, frame, plain);
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

            byte[] seal = StagedFrames.SealDigest(staged.Cipher, staged.Upload.Id, staged.Frames.Offset, hash.GetHashAndReset());
            staged.Content.SetLength(staged.Frames.End);
            staged.Content.Position = staged.Frames.End;
            staged.Content.Write(seal);
            staged.Content.Flush(flushToDisk: true);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(piece);
        }
    }

    private void Write(ReadOnlySpan<byte> plain)
    {
        if (plain.Length == 0)
        {
            return;
        }

        byte[] bytes = StagedFrames.Seal(staged.Cipher, staged.Upload.Id, staged.Frames.Offset, plain);
        staged.Content.Position = staged.Frames.End;
        staged.Content.Write(bytes);
        staged.Frames.Add(plain.Length);
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
