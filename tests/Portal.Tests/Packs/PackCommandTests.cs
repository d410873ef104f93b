using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Keys;
using Governance.Registry.Packs;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Packs;

/// <summary>Evidence packs on the command line, against the sample portal's own database.</summary>
[Collection(PortalTests.Name)]
public sealed class PackCommandTests(SamplePortal portal) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-pack-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_pack_verifies_with_the_public_key_alone_and_a_changed_byte_or_another_key_does_not()
    {
        RegistryOptions options = portal.Services.GetRequiredService<RegistryOptions>();
        string pack = Path.Combine(folder, "pack.zip");
        string key = Path.Combine(folder, "key.pem");

        CommandRun written = await ProgramRun.OfAsync(options, "pack", "hmda_fair/1", "--out", pack, "--as", "aude", "--json", "-");
        CommandRun exported = await ProgramRun.OfAsync(options, "signing-keys", "export", "--out", key);
        CommandRun verified = await CommandRun.OfAsync("verify", pack, "--key", key, "--json", "-");

        Assert.Equal((0, 0, 0), (written.Code, exported.Code, verified.Code));
        Assert.True(verified.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(new FileInfo(pack).Length, written.Json.GetProperty("bytes").GetInt64());

        string spoilt = Path.Combine(folder, "spoilt.zip");
        Dictionary<string, byte[]> files = new(PackFile.Read(await File.ReadAllBytesAsync(pack)));
        string evidence = files.Keys.First(path => path.StartsWith("evidence/", StringComparison.Ordinal));
        files[evidence] = [.. files[evidence]];
        files[evidence][^2] ^= 1;
        await File.WriteAllBytesAsync(spoilt, PackFile.Write(files));
        CommandRun refused = await CommandRun.OfAsync("verify", spoilt, "--key", key);
        Assert.Equal(1, refused.Code);
        Assert.Contains(evidence, refused.Output, StringComparison.Ordinal);

        string other = Path.Combine(folder, "other.pem");
        using SigningKeys others = new(options with { SigningKeyFolder = Path.Combine(folder, "keys") });
        await File.WriteAllTextAsync(other, others.Current.Pem);
        Assert.Equal(1, (await CommandRun.OfAsync("verify", pack, "--key", other)).Code);
    }

    [Fact]
    public async Task Whoever_may_not_take_it_gets_a_sentence_and_no_file()
    {
        RegistryOptions options = portal.Services.GetRequiredService<RegistryOptions>();
        string pack = Path.Combine(folder, "pack.zip");

        CommandRun run = await CommandRun.OnAsync(options, "pack", "hmda_fair/1", "--out", pack, "--as", "coen");

        Assert.Equal(2, run.Code);
        Assert.NotEmpty(run.Error);
        Assert.False(File.Exists(pack));
    }
}
