using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace Governance.Registry.Artifacts;

/// <summary>The first 120 bytes of a file in the store, and how its chunks are sealed.</summary>
/// <remarks>
/// <para>Integers are big-endian. Offset, length, content:</para>
/// <code>
///   0   8  magic "GOVART1\n"
///   8   4  format version, 1
///  12   4  chunk size in bytes, 1 MiB
///  16   8  length of the artefact in the clear
///  24  16  artefact id, random
///  40   4  nonce prefix, random
///  44   8  name of the key-encryption key
///  52   4  zero
///  56  12  nonce of the wrapped data key
///  68  32  data key (DEK), AES-256-GCM under the key-encryption key
/// 100  16  tag of the wrapped data key
/// 116   4  zero
/// 120      chunks: ciphertext (1 MiB, the last 0 to 1 MiB) and 16 bytes tag each; at least one
/// </code>
/// <para>
/// The wrapped key is bound to bytes 0 to 43 and to the artefact's SHA-256, so a file does not open under another's
/// name. Chunk nonce = prefix ‖ 64-bit counter; chunk AAD = artefact id ‖ format version ‖ chunk index ‖ last flag, so
/// chunks cannot be reordered, dropped, or moved between artefacts. The id is random, not the SHA-256, because that is
/// known only after the last byte was streamed.
/// </para>
/// </remarks>
internal sealed class ArtifactHeader
{
    public const int Length = 120;
    public const int ChunkSize = 1 << 20;
    public const int TagLength = 16;
    public const int NonceLength = 12;
    public const int DataKeyLength = 32;

    private const uint FormatVersion = 1;
    private const int PrefixLength = 4;
    private const int IdLength = 16;
    private const int BoundLength = 44; // what the wrapped key's AAD covers of the header

    private readonly byte[] id;
    private readonly byte[] prefix;

    private ArtifactHeader(byte[] id, byte[] prefix, long plainLength)
    {
        this.id = id;
        this.prefix = prefix;
        PlainLength = plainLength;
    }

    private static ReadOnlySpan<byte> Magic => "GOVART1\n"u8;

    /// <summary>The length in the clear, in bytes.</summary>
    public long PlainLength { get; private set; }

    /// <summary>At least 1: an empty artefact has one empty chunk.</summary>
    public long Chunks => Math.Max(1, (PlainLength + ChunkSize - 1) / ChunkSize);

    /// <summary>The length of the whole file, in bytes.</summary>
    public long FileLength => Length + PlainLength + (Chunks * TagLength);

    /// <summary>A header for a new artefact whose length is not known yet.</summary>
    public static ArtifactHeader New() =>
        new(RandomNumberGenerator.GetBytes(IdLength), RandomNumberGenerator.GetBytes(PrefixLength), 0);

    /// <summary>The header at the start of a file, whole even while a rotation writes it.</summary>
    /// <param name="file">Seekable; stands behind the header afterwards.</param>
    /// <param name="digest">Which artefact it must be.</param>
    /// <param name="keys">The keys as they are at each call: a rotation may be adding one.</param>
    /// <param name="pending">The header that a rotation has written down; gives null for none.</param>
    /// <exception cref="ArtifactDamagedException">It is no header, or not this artefact's.</exception>
    /// <exception cref="ArtifactKeyException">The key that wrapped the data key is not here.</exception>
    public static byte[] Whole(Stream file, ArtifactDigest digest, Func<KeyRing> keys, Func<byte[]?> pending)
    {
        for (byte[] before = []; ;)
        {
            byte[] head = new byte[Length];
            file.Position = 0;
            file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            Exception? fault = FaultOf(head, digest, keys());
            if (fault is null)
            {
                return head;
            }

            if (pending() is byte[] note && IsOfSameFile(head, note) && FaultOf(note, digest, keys()) is null)
            {
                return note;
            }

            // Met while it was written, or wrapped with a key younger than the ring: looked at once more.
            if (head.AsSpan().SequenceEqual(before))
            {
                ExceptionDispatchInfo.Throw(fault);
            }

            before = head;
        }
    }

    private static Exception? FaultOf(ReadOnlySpan<byte> head, ArtifactDigest digest, KeyRing keys)
    {
        try
        {
            CryptographicOperations.ZeroMemory(Read(head, digest, keys).DataKey);
            return null;
        }
        catch (Exception fault) when (fault is ArtifactDamagedException or ArtifactKeyException)
        {
            return fault;
        }
    }

    /// <summary>Whether two headers are of one file: what is fixed of them agrees, only the wrapping may differ.</summary>
    public static bool IsOfSameFile(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a.Length >= Length && b.Length == Length && a[..BoundLength].SequenceEqual(b[..BoundLength]);

    /// <summary>The name of the key that a header's data key is wrapped with.</summary>
    public static ReadOnlySpan<byte> KeyIdOf(ReadOnlySpan<byte> bytes) => bytes.Slice(BoundLength, KeyRing.IdLength);

    /// <summary>The same header with its data key wrapped by the active key.</summary>
    /// <exception cref="ArtifactDamagedException">It is no header, or not this artefact's.</exception>
    /// <exception cref="ArtifactKeyException">The key that wrapped the data key is not here.</exception>
    public static byte[] Rewrap(ReadOnlySpan<byte> bytes, ArtifactDigest digest, KeyRing keys)
    {
        (ArtifactHeader header, byte[] dataKey) = Read(bytes, digest, keys);
        try
        {
            return header.Write(header.PlainLength, digest, dataKey, keys);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>Reads a header and unwraps the data key.</summary>
    /// <exception cref="ArtifactDamagedException">It is no header, or not this artefact's.</exception>
    /// <exception cref="ArtifactKeyException">The key that wrapped the data key is not here.</exception>
    public static (ArtifactHeader Header, byte[] DataKey) Read(ReadOnlySpan<byte> bytes, ArtifactDigest digest, KeyRing keys)
    {
        if (bytes.Length < Length || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) != FormatVersion
            || BinaryPrimitives.ReadInt32BigEndian(bytes[12..]) != ChunkSize
            || BinaryPrimitives.ReadInt64BigEndian(bytes[16..]) < 0
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[52..]) != 0
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[116..]) != 0)
        {
            throw new ArtifactDamagedException(digest, "its header is not one of ours.");
        }

        try
        {
            byte[] dataKey = keys.Unwrap(
                bytes.Slice(44, KeyRing.IdLength), bytes.Slice(56, NonceLength), bytes.Slice(68, DataKeyLength),
                bytes.Slice(100, TagLength), Bound(bytes, digest));
            return (new ArtifactHeader(
                bytes.Slice(24, IdLength).ToArray(), bytes.Slice(40, PrefixLength).ToArray(),
                BinaryPrimitives.ReadInt64BigEndian(bytes[16..])), dataKey);
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw new ArtifactDamagedException(digest, "its header was changed, or belongs to another artefact.", fault);
        }
    }

    /// <summary>Writes the header once length and digest are known.</summary>
    public byte[] Write(long plainLength, ArtifactDigest digest, ReadOnlySpan<byte> dataKey, KeyRing keys)
    {
        PlainLength = plainLength;
        byte[] bytes = new byte[Length];
        Span<byte> span = bytes;
        Magic.CopyTo(span);
        BinaryPrimitives.WriteUInt32BigEndian(span[8..], FormatVersion);
        BinaryPrimitives.WriteInt32BigEndian(span[12..], ChunkSize);
        BinaryPrimitives.WriteInt64BigEndian(span[16..], plainLength);
        id.CopyTo(span[24..]);
        prefix.CopyTo(span[40..]);
        keys.ActiveId.CopyTo(span[44..]);
        RandomNumberGenerator.Fill(span.Slice(56, NonceLength));
        keys.Wrap(
            dataKey, span.Slice(56, NonceLength), span.Slice(68, DataKeyLength), span.Slice(100, TagLength),
            Bound(bytes, digest));
        return bytes;
    }

    /// <summary>The nonce of a chunk.</summary>
    public byte[] NonceOf(long chunk)
    {
        byte[] nonce = new byte[NonceLength];
        prefix.CopyTo(nonce, 0);
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(PrefixLength), chunk);
        return nonce;
    }

    /// <summary>What a chunk is bound to.</summary>
    public byte[] BoundOf(long chunk, bool last)
    {
        byte[] bound = new byte[IdLength + 4 + 8 + 1];
        id.CopyTo(bound, 0);
        BinaryPrimitives.WriteUInt32BigEndian(bound.AsSpan(IdLength), FormatVersion);
        BinaryPrimitives.WriteInt64BigEndian(bound.AsSpan(IdLength + 4), chunk);
        bound[^1] = last ? (byte)1 : (byte)0;
        return bound;
    }

    private static byte[] Bound(ReadOnlySpan<byte> header, ArtifactDigest digest) =>
        [.. header[..BoundLength], .. Convert.FromHexString(digest.Hex)];
}
