using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Governance.Registry.Ledger;

namespace Governance.Registry.Proposals;

/// <summary>The file that leaves by two persons' decision: an artefact encrypted with a key that was shown once.</summary>
/// <remarks>
/// <c>GOVREL1\n</c>, the header's length (4 bytes, big-endian), the header (canonical JSON of
/// <c>governance/release/1</c>: model, version, digest, recipient, proposal, utc), then chunks of 1 MiB, the last one
/// shorter or empty, each AES-256-GCM: ciphertext and 16 bytes of tag. Nonce of chunk n: 4 zero bytes and n (8 bytes,
/// big-endian); additional data: SHA-256 of the header, n, and 1 for the last chunk or 0. A key is used for one package
/// only, so nonces never repeat.
/// </remarks>
public static class ReleasePackage
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    private const int ChunkLength = 1 << 20;
    private const int TagLength = 16;
    private const int MaxHeaderLength = 64 * 1024;

    private static ReadOnlySpan<byte> Magic => "GOVREL1\n"u8;

    /// <summary>Encrypts.</summary>
    /// <param name="source">The artefact.</param>
    /// <param name="header">Who gets what, by which proposal.</param>
    /// <param name="key">32 bytes, used for this package only.</param>
    /// <param name="target">Where to.</param>
    /// <param name="cancellationToken">Ends it; the target is then no package.</param>
    public static async Task WriteAsync(
        Stream source, JsonObject header, ReadOnlyMemory<byte> key, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        byte[] head = CanonicalJson.Serialize(header);
        byte[] start = new byte[Magic.Length + sizeof(int)];
        Magic.CopyTo(start);
        BinaryPrimitives.WriteInt32BigEndian(start.AsSpan(Magic.Length), head.Length);
        await target.WriteAsync(start, cancellationToken);
        await target.WriteAsync(head, cancellationToken);
        byte[] digest = SHA256.HashData(head);
        using AesGcm cipher = new(key.Span, TagLength);
        byte[] plain = new byte[ChunkLength];
        byte[] sealedChunk = new byte[ChunkLength + TagLength];
        for (long index = 0; ; index++)
        {
            int count = await source.ReadAtLeastAsync(plain, ChunkLength, throwOnEndOfStream: false, cancellationToken);
            bool last = count < ChunkLength;
            cipher.Encrypt(
                Nonce(index), plain.AsSpan(0, count), sealedChunk.AsSpan(0, count), sealedChunk.AsSpan(count, TagLength), Data(digest, index, last));
            await target.WriteAsync(sealedChunk.AsMemory(0, count + TagLength), cancellationToken);
            if (last)
            {
                return;
            }
        }
    }

    /// <summary>Decrypts.</summary>
    /// <param name="source">The package.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="target">Where the artefact goes; of no use before this returns.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The header.</returns>
    /// <exception cref="InvalidDataException">It is no package, the key is another one, or a byte differs from what was released.</exception>
    public static async Task<JsonObject> ReadAsync(
        Stream source, ReadOnlyMemory<byte> key, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        byte[] head = await HeaderAsync(source, cancellationToken);
        byte[] digest = SHA256.HashData(head);
        using AesGcm cipher = new(key.Span, TagLength);
        byte[] sealedChunk = new byte[ChunkLength + TagLength];
        byte[] plain = new byte[ChunkLength];
        for (long index = 0; ; index++)
        {
            int read = await source.ReadAtLeastAsync(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false, cancellationToken);
            bool last = read < sealedChunk.Length;
            int count = read - TagLength;
            try
            {
                if (count < 0)
                {
                    throw new InvalidDataException("The package is cut short.");
                }

                cipher.Decrypt(
                    Nonce(index), sealedChunk.AsSpan(0, count), sealedChunk.AsSpan(count, TagLength), plain.AsSpan(0, count), Data(digest, index, last));
            }
            catch (AuthenticationTagMismatchException fault)
            {
                throw new InvalidDataException("The key is another one, or the package was changed.", fault);
            }

            await target.WriteAsync(plain.AsMemory(0, count), cancellationToken);
            if (last)
            {
                return JsonNode.Parse(head)!.AsObject();
            }
        }
    }

    private static async Task<byte[]> HeaderAsync(Stream source, CancellationToken cancellationToken)
    {
        byte[] start = new byte[Magic.Length + sizeof(int)];
        int got = await source.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        int length = got == start.Length && start.AsSpan().StartsWith(Magic) ? BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(Magic.Length)) : -1;
        if (length is < 2 or > MaxHeaderLength)
        {
            throw new InvalidDataException("This is no release package.");
        }

        byte[] head = new byte[length];
        return await source.ReadAtLeastAsync(head, length, throwOnEndOfStream: false, cancellationToken) == length
            ? head
            : throw new InvalidDataException("The package is cut short.");
    }

    private static byte[] Nonce(long index)
    {
        byte[] nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), index);
        return nonce;
    }

    private static byte[] Data(byte[] digest, long index, bool last)
    {
        byte[] data = new byte[digest.Length + sizeof(long) + 1];
        digest.CopyTo(data, 0);
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(digest.Length), index);
        data[^1] = last ? (byte)1 : (byte)0;
        return data;
    }
}
