using System.Security.Cryptography;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Tests.Artifacts;

public sealed class ArtifactStoreTests : IDisposable
{
    private const int Chunk = 1 << 20;
    private const int Tag = 16;
    private const int Header = 120;

    private readonly string folder = Path.Combine(Path.GetTempPath(), "governance-tests", Guid.CreateVersion7().ToString("n"));
    private readonly ArtifactStore store;

    public ArtifactStoreTests() => store = Store("kek");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(2 * Chunk)]
    [InlineData((2 * Chunk) + 12_345)]
    public async Task What_is_stored_is_read_back(int length)
    {
        byte[] bytes = Bytes(length);

        StoredArtifact stored = await WriteAsync(bytes);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), stored.Digest.Hex);
        Assert.Equal(length, stored.Length);
        Assert.Equal(bytes, await store.ReadAsync(stored.Digest, default));
        Assert.Equal(Header + length + (Math.Max(1, (length + Chunk - 1) / Chunk) * Tag), new FileInfo(store.PathOf(stored.Digest)).Length);
    }

    [Fact]
    public async Task A_stream_that_gives_little_at_a_time_is_stored_alike()
    {
        byte[] bytes = Bytes(Chunk + 777);
        using Stream trickle = new Trickle(bytes);

        StoredArtifact stored = await store.WriteAsync(trickle, ArtifactKind.Model, bytes.Length, default);

        Assert.Equal(bytes, await store.ReadAsync(stored.Digest, default));
    }

    [Fact]
    public async Task Nothing_is_stored_with_the_key_of_another_store()
    {
        await WriteAsync(Bytes(100));
        using ArtifactStore other = Store("another");

        ArtifactKeyException refusal = await Assert.ThrowsAsync<ArtifactKeyException>(
            () => other.WriteAsync(Bytes(200), ArtifactKind.Model, default));

        Assert.Contains("another store's", refusal.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "store"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_same_bytes_twice_are_one_file_and_nothing_in_the_clear_is_left()
    {
        byte[] bytes = Bytes(100_000);

        StoredArtifact first = await WriteAsync(bytes);
        StoredArtifact second = await WriteAsync(bytes);

        Assert.Equal(first, second);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "store"), "*", SearchOption.AllDirectories));
        byte[] stored = await File.ReadAllBytesAsync(file);
        for (int at = 0; at + 32 <= bytes.Length; at += 1_000)
        {
            Assert.Equal(-1, stored.AsSpan().IndexOf(bytes.AsSpan(at, 32)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(Chunk)]
    public async Task One_byte_past_the_limit_is_refused_and_nothing_is_kept(int limit)
    {
        using MemoryStream exact = new(Bytes(limit));
        using MemoryStream more = new(Bytes(limit + 1));

        await store.WriteAsync(exact, ArtifactKind.Model, limit, default);
        await Assert.ThrowsAsync<ArtifactTooLargeException>(() => store.WriteAsync(more, ArtifactKind.Model, limit, default));

        Assert.Single(Directory.GetFiles(Path.Combine(folder, "store"), "*", SearchOption.AllDirectories));
    }

    // Each region of the header, of a middle chunk, of the last chunk and of their tags.
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(52)]
    [InlineData(56)]
    [InlineData(68)]
    [InlineData(100)]
    [InlineData(116)]
    [InlineData(Header)]
    [InlineData(Header + Chunk - 1)]
    [InlineData(Header + Chunk)]
    [InlineData(Header + Chunk + Tag)]
    [InlineData(-1)]
    [InlineData(-Tag)]
    [InlineData(-Tag - 1)]
    public async Task A_flipped_bit_is_found(int offset)
    {
        StoredArtifact stored = await WriteAsync(Bytes(Chunk + 500));

        await RewriteAsync(stored, file =>
        {
            file[offset < 0 ? file.Length + offset : offset] ^= 1;
            return file;
        });

        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(stored.Digest, default));
        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.CheckAsync(stored.Digest, default));
    }

    [Fact]
    public async Task Chunks_swapped_with_their_tags_are_found()
    {
        StoredArtifact stored = await WriteAsync(Bytes((3 * Chunk) + 1));
        const int Sealed = Chunk + Tag;

        await RewriteAsync(stored, file =>
            [.. file[..Header], .. file[(Header + Sealed)..(Header + (2 * Sealed))], .. file[Header..(Header + Sealed)], .. file[(Header + (2 * Sealed))..]]);

        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(stored.Digest, default));
    }

    // Also where header and length are made to fit: the chunk that is last now was not sealed as the last one.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_missing_last_chunk_is_found(bool lengthMadeToFit)
    {
        StoredArtifact stored = await WriteAsync(Bytes(2 * Chunk));

        await RewriteAsync(stored, file =>
        {
            byte[] cut = file[..(Header + Chunk + Tag)];
            if (lengthMadeToFit)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(cut.AsSpan(16), Chunk);
            }

            return cut;
        });

        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(stored.Digest, default));
    }

    [Fact]
    public async Task A_byte_appended_and_an_empty_file_and_a_missing_one_are_found()
    {
        StoredArtifact stored = await WriteAsync(Bytes(10));

        await RewriteAsync(stored, file => [.. file, 0]);
        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(stored.Digest, default));
        await RewriteAsync(stored, _ => []);
        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(stored.Digest, default));
        File.Delete(store.PathOf(stored.Digest));
        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(stored.Digest, default));
    }

    [Fact]
    public async Task An_artefact_does_not_open_under_anothers_name()
    {
        StoredArtifact one = await WriteAsync(Bytes(100));
        StoredArtifact other = await WriteAsync(Bytes(101));

        File.Copy(store.PathOf(one.Digest), store.PathOf(other.Digest), overwrite: true);

        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(other.Digest, default));
    }

    [Fact]
    public async Task Another_key_is_named_as_the_reason()
    {
        StoredArtifact stored = await WriteAsync(Bytes(100));

        ArtifactKeyException fault = await Assert.ThrowsAsync<ArtifactKeyException>(
            () => Store("kek2").ReadAsync(stored.Digest, default));

        Assert.Contains("not among the keys", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_new_key_was_put_first_old_artefacts_still_open()
    {
        StoredArtifact stored = await WriteAsync(Bytes(100));
        string old = await File.ReadAllTextAsync(Path.Combine(folder, "kek"));
        string young = $"kek1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n";

        ArtifactStore rotated = new(Path.Combine(folder, "store"), _ => KeyRing.Parse(young + old));

        Assert.Equal(Bytes(100), await rotated.ReadAsync(stored.Digest, default));
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private ArtifactStore Store(string key) =>
        new(Path.Combine(folder, "store"), _ => KeyRing.Load(Path.Combine(folder, key), mayCreate: true));

    private async Task<StoredArtifact> WriteAsync(byte[] bytes)
    {
        using MemoryStream source = new(bytes);
        return await store.WriteAsync(source, ArtifactKind.Model, bytes.Length, default);
    }

    private async Task RewriteAsync(StoredArtifact stored, Func<byte[], byte[]> change)
    {
        string path = store.PathOf(stored.Digest);
        await File.WriteAllBytesAsync(path, change(await File.ReadAllBytesAsync(path)));
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 4_099)], cancellationToken);
    }
}
