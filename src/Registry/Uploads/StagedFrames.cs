using System.Buffers.Binary;
using System.Security.Cryptography;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Uploads;

/// <summary>A piece of an upload on disk.</summary>
/// <param name="Offset">Its first byte, in the clear.</param>
/// <param name="Length">How many bytes in the clear.</param>
/// <param name="Position">Where its frame begins in the file.</param>
internal readonly record struct StagedFrame(long Offset, int Length, long Position);

/// <summary>The sealed pieces of an upload, one behind the other, and at the end the digest of the whole.</summary>
/// <remarks>
/// <para>
/// Frame: 4 bytes length n (big-endian, 1 to 1 MiB), 12 bytes nonce, n bytes ciphertext, 16 bytes tag. AAD = upload id ‖
/// offset ‖ n, so frames cannot be reordered, dropped in the middle, or moved between uploads. The seal has the length
/// 0xFFFFFFFF and 32 bytes: the SHA-256 of the whole. Nonces are random, because a piece that was torn by a kill is
/// written again, and a counter would then be used twice with one key.
/// </para>
/// <para>A torn frame at the end is cut off: those bytes were never acknowledged.</para>
/// </remarks>
internal sealed class StagedFrames
{
    /// <summary>The most bytes of a frame, in the clear.</summary>
    public const int MostLength = 1 << 20;

    /// <summary>What a frame has beside its bytes.</summary>
    public const int Overhead = 4 + ArtifactHeader.NonceLength + ArtifactHeader.TagLength;

    private const uint SealMark = uint.MaxValue;

    private readonly List<StagedFrame> frames = [];

    private StagedFrames(long end) => End = end;

    /// <summary>In order, without gaps.</summary>
    public IReadOnlyList<StagedFrame> All => frames;

    /// <summary>How many bytes in the clear are kept.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the last whole frame ends in the file; what follows is torn or the seal.</summary>
    public long End { get; private set; }

    /// <summary>Whether a whole seal follows.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>The most frames of a file: its megabytes, and some for what was cut in between.</summary>
    public static long MostFrames(long length) => (4 * ((length / MostLength) + 1)) + 1024;

    /// <summary>Finds the frames of a file by their lengths; tags are checked when they are read.</summary>
    /// <param name="file">Any position; left anywhere.</param>
    /// <param name="start">Where the frames begin.</param>
    public static StagedFrames Scan(FileStream file, long start)
    {
        StagedFrames found = new(start);
        byte[] mark = new byte[4];
        long length = file.Length;
        while (found.End + Overhead < length)
        {
            file.Position = found.End;
            file.ReadExactly(mark);
            uint size = BinaryPrimitives.ReadUInt32BigEndian(mark);
            if (size == SealMark)
            {
                found.IsSealed = found.End + Overhead + SHA256.HashSizeInBytes == length;
                break;
            }

            if (size is 0 or > MostLength || found.End + Overhead + size > length)
            {
                break;
            }

            found.Add((int)size);
        }

        return found;
    }

    /// <summary>Notes a frame that was written at <see cref="End"/>.</summary>
    public void Add(int length)
    {
        frames.Add(new StagedFrame(Offset, length, End));
        Offset += length;
        End += Overhead + length;
    }

    /// <summary>The bytes of a frame on disk.</summary>
    /// <param name="cipher">With the upload's key.</param>
    /// <param name="id">The upload.</param>
    /// <param name="offset">Of its first byte, in the clear.</param>
    /// <param name="plain">1 byte to 1 MiB.</param>
    public static byte[] Seal(AesGcm cipher, UploadId id, long offset, ReadOnlySpan<byte> plain) =>
        Close(cipher, id, offset, (uint)plain.Length, plain);

    /// <summary>The seal on disk.</summary>
    public static byte[] SealDigest(AesGcm cipher, UploadId id, long length, ReadOnlySpan<byte> digest) =>
        Close(cipher, id, length, SealMark, digest);

    /// <summary>Reads a frame.</summary>
    /// <param name="file">At any position.</param>
    /// <param name="cipher">With the upload's key.</param>
    /// <param name="id">The upload.</param>
    /// <param name="frame">Which.</param>
    /// <param name="plain">As long as the frame; overwritten.</param>
    /// <exception cref="AuthenticationTagMismatchException">Its bytes are not those that were written.</exception>
    public static void Read(FileStream file, AesGcm cipher, UploadId id, StagedFrame frame, Span<byte> plain) =>
        Open(file, cipher, id, frame.Offset, frame.Position, (uint)frame.Length, plain);

    /// <summary>Reads the digest of the whole from the seal.</summary>
    /// <exception cref="AuthenticationTagMismatchException">Its bytes are not those that were written.</exception>
    public ArtifactDigest ReadDigest(FileStream file, AesGcm cipher, UploadId id)
    {
        byte[] digest = new byte[SHA256.HashSizeInBytes];
        Open(file, cipher, id, Offset, End, SealMark, digest);
        return new ArtifactDigest(Convert.ToHexStringLower(digest));
    }

    private static byte[] Close(AesGcm cipher, UploadId id, long offset, uint mark, ReadOnlySpan<byte> plain)
    {
        byte[] bytes = new byte[Overhead + plain.Length];
        Span<byte> span = bytes;
        BinaryPrimitives.WriteUInt32BigEndian(span, mark);
        RandomNumberGenerator.Fill(span.Slice(4, ArtifactHeader.NonceLength));
        cipher.Encrypt(
            span.Slice(4, ArtifactHeader.NonceLength), plain, span.Slice(4 + ArtifactHeader.NonceLength, plain.Length),
            span[^ArtifactHeader.TagLength..], BoundOf(id, offset, mark));
        return bytes;
    }

    private static void Open(
        FileStream file, AesGcm cipher, UploadId id, long offset, long position, uint mark, Span<byte> plain)
    {
        byte[] bytes = new byte[Overhead + plain.Length];
        file.Position = position;
        file.ReadExactly(bytes);
        ReadOnlySpan<byte> span = bytes;
        cipher.Decrypt(
            span.Slice(4, ArtifactHeader.NonceLength), span.Slice(4 + ArtifactHeader.NonceLength, plain.Length),
            span[^ArtifactHeader.TagLength..], plain, BoundOf(id, offset, mark));
    }

    private static byte[] BoundOf(UploadId id, long offset, uint mark)
    {
        byte[] bound = new byte[16 + 8 + 4];
        id.Value.TryWriteBytes(bound, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bound.AsSpan(16), offset);
        BinaryPrimitives.WriteUInt32BigEndian(bound.AsSpan(24), mark);
        return bound;
    }
}
