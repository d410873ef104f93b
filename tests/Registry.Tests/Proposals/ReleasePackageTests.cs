using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Governance.Registry.Proposals;

namespace Governance.Registry.Tests.Proposals;

public sealed class ReleasePackageTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, ReleasePackage.KeyLength).Select(i => (byte)i)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((2 << 20) + 17)]
    public async Task What_goes_in_comes_out_at_every_chunk_border(int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(bytes, await UnwrapAsync(await WrapAsync(bytes), Key));
    }

    [Fact]
    public async Task Another_key_a_changed_byte_a_swapped_or_a_missing_chunk_is_refused()
    {
        byte[] package = await WrapAsync(RandomNumberGenerator.GetBytes((2 << 20) + 17));
        int body = package.Length - (2 << 20) - 17 - (3 * 16);
        int chunk = (1 << 20) + 16;
        byte[] swapped = [.. package[..body], .. package[(body + chunk)..(body + (2 * chunk))], .. package[body..(body + chunk)], .. package[(body + (2 * chunk))..]];

        await RefusedAsync(package, [.. Key[..31], 0]);
        await RefusedAsync(swapped, Key);
        await RefusedAsync(package[..(body + (2 * chunk))], Key);
        await RefusedAsync(package[..(body + chunk)], Key);
        await RefusedAsync(package[..3], Key);
        foreach (int at in (int[])[0, 9, 20, body, body + chunk, package.Length - 1])
        {
            byte[] changed = [.. package];
            changed[at] ^= 1;
            await RefusedAsync(changed, Key);
        }
    }

    private static Task RefusedAsync(byte[] package, byte[] key) =>
        Assert.ThrowsAsync<InvalidDataException>(() => UnwrapAsync(package, key));

    private static async Task<byte[]> WrapAsync(byte[] bytes)
    {
        using MemoryStream package = new();
        await ReleasePackage.WriteAsync(new MemoryStream(bytes), new JsonObject { ["recipient"] = "r", ["label"] = "credit/1" }, Key, package, default);
        return package.ToArray();
    }

    private static async Task<byte[]> UnwrapAsync(byte[] package, byte[] key)
    {
        using MemoryStream plain = new();
        await ReleasePackage.ReadAsync(new MemoryStream(package), key, plain, default);
        return plain.ToArray();
    }
}
