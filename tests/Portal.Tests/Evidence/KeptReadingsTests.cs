using System.Text;
using Governance.Portal.Features.Evidence;
using Governance.Registry;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Evidence;

/// <summary>Readings of stored files are kept by digest, and no longer than the file stays as it was.</summary>
public sealed class KeptReadingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-tests-").FullName;
    private readonly ServiceProvider services;
    private readonly ArtifactStore store;
    private int readings;

    public KeptReadingsTests()
    {
        services = new ServiceCollection()
            .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") }).BuildServiceProvider();
        store = services.GetRequiredService<ArtifactStore>();
    }

    [Fact]
    public async Task A_file_is_read_once_for_each_way_however_many_ask()
    {
        KeptReadings<string> kept = new(store, 1_000);
        ArtifactDigest file = await WriteAsync("a,b");

        string[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(kept, file)));
        Assert.All(all, made => Assert.Equal("a,b", made));
        Assert.Equal(1, readings);

        await kept.OfAsync(file, "other", Read, default);
        Assert.Equal(2, readings);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_refused_and_one_that_was_written_anew_is_read_anew()
    {
        KeptReadings<string> kept = new(store, 1_000);
        ArtifactDigest file = await WriteAsync("a,b");
        await AskAsync(kept, file);

        string path = Assert.Single(Directory.GetFiles(Path.Combine(folder, "data", "artifacts"), "*.art", SearchOption.AllDirectories));
        File.Delete(path);
        await Assert.ThrowsAsync<ArtifactDamagedException>(() => AskAsync(kept, file));

        await WriteAsync("a,b");
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMinutes(1));
        Assert.Equal("a,b", await AskAsync(kept, file));
        Assert.Equal(2, readings);
    }

    [Fact]
    public async Task The_longest_unseen_go_where_there_is_no_room()
    {
        KeptReadings<string> kept = new(store, 6);
        ArtifactDigest[] files = [await WriteAsync("one"), await WriteAsync("two"), await WriteAsync("six")];
        await AskAsync(kept, files[0]);
        await AskAsync(kept, files[1]);
        await AskAsync(kept, files[0]); // seen later than the second
        await AskAsync(kept, files[2]);
        Assert.Equal(3, readings);

        await AskAsync(kept, files[0]);
        Assert.Equal(3, readings);
        await AskAsync(kept, files[1]);
        Assert.Equal(4, readings);
    }

    [Fact]
    public async Task What_is_larger_than_all_the_room_is_read_each_time()
    {
        KeptReadings<string> kept = new(store, 2);
        ArtifactDigest file = await WriteAsync("one");
        await AskAsync(kept, file);
        await AskAsync(kept, file);
        Assert.Equal(2, readings);
    }

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Task<string> AskAsync(KeptReadings<string> kept, ArtifactDigest file) => kept.OfAsync(file, "", Read, default);

    private (string Made, long Bytes) Read(byte[] file)
    {
        Interlocked.Increment(ref readings);
        return (Encoding.UTF8.GetString(file), file.LongLength);
    }

    private async Task<ArtifactDigest> WriteAsync(string text) => (await store.WriteAsync(Encoding.UTF8.GetBytes(text), ArtifactKind.Dataset, default)).Digest;
}
