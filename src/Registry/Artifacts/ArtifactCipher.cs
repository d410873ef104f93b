using System.Security.Cryptography;

namespace Governance.Registry.Artifacts;

/// <summary>Turns a stream in the clear into a file of the store and back, a chunk at a time.</summary>
internal static class ArtifactCipher
{
    /// <summary>Encrypts everything that the source gives, hashing while it goes.</summary>
    /// <param name="source">In the clear; read once, not disposed.</param>
    /// <param name="target">Seekable and empty; the header is written last.</param>
    /// <param name="limit">The most bytes accepted; one more ends the write before it is buffered.</param>
    /// <param name="keys">Wraps the new data key.</param>
    /// <param name="cancellationToken">Ends the write; the target is then of no use.</param>
    /// <exception cref="ArtifactTooLargeException">More than <paramref name="limit"/> bytes came.</exception>
    public static async Task<(ArtifactDigest Digest, long Length)> EncryptAsync(
        Stream source, Stream target, long limit, KeyRing keys, CancellationToken cancellationToken)
    {
        byte[] dataKey = RandomNumberGenerator.GetBytes(ArtifactHeader.DataKeyLength);
        ArtifactHeader header = ArtifactHeader.New();
        using AesGcm cipher = new(dataKey, ArtifactHeader.TagLength);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        byte[] current = new byte[ArtifactHeader.ChunkSize];
        byte[] next = new byte[ArtifactHeader.ChunkSize];
        byte[] output = new byte[ArtifactHeader.ChunkSize + ArtifactHeader.TagLength];
        try
        {
            await target.WriteAsync(new byte[ArtifactHeader.Length], cancellationToken);
            long total = 0;
            int filled = await FillAsync(source, current, limit - total, limit, cancellationToken);
            for (long chunk = 0; ; chunk++)
            {
                total += filled;
                int following = filled < current.Length
                    ? 0
                    : await FillAsync(source, next, limit - total, limit, cancellationToken);
                bool last = following == 0; // a full chunk with nothing after it is the last one
                hash.AppendData(current, 0, filled);
                cipher.Encrypt(
                    header.NonceOf(chunk), current.AsSpan(0, filled), output.AsSpan(0, filled),
                    output.AsSpan(filled, ArtifactHeader.TagLength), header.BoundOf(chunk, last));
                await target.WriteAsync(output.AsMemory(0, filled + ArtifactHeader.TagLength), cancellationToken);
                if (last)
                {
                    break;
                }

                (current, next, filled) = (next, current, following);
            }

            ArtifactDigest digest = new(Convert.ToHexStringLower(hash.GetHashAndReset()));
            target.Position = 0;
            await target.WriteAsync(header.Write(total, digest, dataKey, keys), cancellationToken);
            return (digest, total);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(current);
            CryptographicOperations.ZeroMemory(next);
        }
    }

    /// <summary>Decrypts a file of the store and checks every byte against tags and digest.</summary>
    /// <param name="source">The file, from its start.</param>
    /// <param name="digest">Which artefact it must be.</param>
    /// <param name="keys">The keys as they are at each call.</param>
    /// <param name="pending">A header that a rotation wrote down and may not have finished; gives null for none.</param>
    /// <param name="write">Receives the bytes in order; a chunk is handed on only after its own tag held.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArtifactDamagedException">
    /// A byte differs from what was stored. Chunks handed on before are then worth nothing.
    /// </exception>
    /// <exception cref="ArtifactKeyException">The key is not here.</exception>
    public static async Task DecryptAsync(
        Stream source, ArtifactDigest digest, Func<KeyRing> keys, Func<byte[]?> pending,
        Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellationToken)
    {
        (ArtifactHeader header, byte[] dataKey) = ArtifactHeader.Read(
            ArtifactHeader.Whole(source, digest, keys, pending), digest, keys());
        using AesGcm cipher = new(dataKey, ArtifactHeader.TagLength);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        CryptographicOperations.ZeroMemory(dataKey);
        if (source.Length != header.FileLength)
        {
            throw new ArtifactDamagedException(
                digest, source.Length < header.FileLength ? "its end is missing." : "something was appended to it.");
        }

        byte[] input = new byte[ArtifactHeader.ChunkSize + ArtifactHeader.TagLength];
        byte[] plain = new byte[ArtifactHeader.ChunkSize];
        try
        {
            for (long chunk = 0; chunk < header.Chunks; chunk++)
            {
                int length = (int)Math.Min(
                    ArtifactHeader.ChunkSize, header.PlainLength - (chunk * ArtifactHeader.ChunkSize));
                await source.ReadExactlyAsync(input.AsMemory(0, length + ArtifactHeader.TagLength), cancellationToken);
                cipher.Decrypt(
                    header.NonceOf(chunk), input.AsSpan(0, length), input.AsSpan(length, ArtifactHeader.TagLength),
                    plain.AsSpan(0, length), header.BoundOf(chunk, chunk == header.Chunks - 1));
                hash.AppendData(plain, 0, length);
                await write(plain.AsMemory(0, length));
            }
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw new ArtifactDamagedException(digest, "a chunk was changed or is not in its place.", fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != digest.Hex)
        {
            throw new ArtifactDamagedException(digest, "its digest is another.");
        }
    }

    // Reads a full chunk or to the end. One byte past the limit is asked for, to tell "exactly" from "more".
    private static async Task<int> FillAsync(
        Stream source, byte[] buffer, long allowed, long limit, CancellationToken cancellationToken)
    {
        int want = (int)Math.Min(buffer.Length, allowed + 1);
        int got = await source.ReadAtLeastAsync(buffer.AsMemory(0, want), want, throwOnEndOfStream: false, cancellationToken);
        return got > allowed ? throw new ArtifactTooLargeException(limit) : got;
    }
}
