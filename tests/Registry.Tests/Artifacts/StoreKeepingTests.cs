using Governance.Registry.Artifacts;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Artifacts;

public sealed class StoreKeepingTests
{
    [DatabaseFact]
    public async Task At_the_start_of_the_only_writer_leftovers_of_any_age_are_removed()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        ModelVersion version = await given.VersionAsync(model);
        string folder = given.Get<RegistryOptions>().ArtifactFolder;
        given.Get<ArtifactStore>().Dispose(); // the process that wrote is gone

        await File.WriteAllBytesAsync(Path.Combine(folder, $"{Guid.CreateVersion7():n}.part"), new byte[10]);
        ArtifactStore young = new(folder, given.Get<RegistryOptions>().LoadKeys);
        Assert.Equal(1, await Sweep(given, young).RunAsync(default));

        // Now it writes and is killed before the row.
        StoredArtifact stray = await young.WriteAsync("stray"u8.ToArray(), ArtifactKind.Model, default);
        Assert.Equal(0, await Sweep(given, young).RunAsync(default));
        young.Dispose();
        using ArtifactStore next = new(folder, given.Get<RegistryOptions>().LoadKeys);
        Assert.Equal(1, await Sweep(given, next).RunAsync(default));

        Assert.False(next.Contains(stray.Digest));
        await next.CheckAsync(version.Artifact, default);
    }

    [DatabaseFact]
    public async Task While_another_process_writes_young_files_are_left_to_it()
    {
        await using Given given = await Given.RegistryAsync();
        string folder = given.Get<RegistryOptions>().ArtifactFolder;
        using ArtifactStore other = new(folder, given.Get<RegistryOptions>().LoadKeys);
        StoredArtifact young = await other.WriteAsync("young"u8.ToArray(), ArtifactKind.Model, default);
        given.Clock.Now = TimeProvider.System.GetUtcNow();

        Assert.Equal(0, await given.Get<SweepArtifacts>().RunAsync(default));
        Assert.True(other.Contains(young.Digest));
    }

    [DatabaseFact]
    public async Task A_row_never_comes_without_its_file_even_if_the_file_was_swept_meanwhile()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        ArtifactStore store = given.Get<ArtifactStore>();
        StoredArtifact swept = await store.WriteAsync("weights"u8.ToArray(), ArtifactKind.Model, default);
        File.Delete(store.PathOf(swept.Digest));

        await Assert.ThrowsAsync<ArtifactDamagedException>(() => given.Get<Registry.Ledger.AppendGate>().RunAsync(
            Registry.Ledger.Actor.Person(given.Developer),
            async change =>
            {
                await ArtifactRows.AddAsync(change, swept, model.Subject, default);
                return 0;
            },
            default));

        await using GovernanceDb db = given.Db();
        Assert.False(await db.Artifacts.AnyAsync(row => row.Digest == swept.Digest));
    }

    [DatabaseFact]
    public async Task Reading_the_whole_store_names_what_is_missing_corrupt_and_foreign()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        ModelVersion gone = await given.VersionAsync(model, "one");
        ModelVersion bent = await given.VersionAsync(model, "two");
        await given.VersionAsync(model, "three");
        ArtifactStore store = given.Get<ArtifactStore>();
        string folder = given.Get<RegistryOptions>().ArtifactFolder;
        given.Clock.Now = TimeProvider.System.GetUtcNow();
        ArtifactInventory sound = await given.Get<VerifyArtifacts>().RunAsync(default);
        Assert.Empty(sound.Faults);
        Assert.Equal(4, sound.Read); // three models and the encoding that they share

        File.Delete(store.PathOf(gone.Artifact));
        byte[] file = await File.ReadAllBytesAsync(store.PathOf(bent.Artifact));
        file[^1] ^= 1;
        await File.WriteAllBytesAsync(store.PathOf(bent.Artifact), file);
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "mine");
        await File.WriteAllTextAsync(Path.Combine(folder, "zz.art"), "mine");
        StoredArtifact young = await store.WriteAsync("young"u8.ToArray(), ArtifactKind.Model, default);
        StoredArtifact old = await store.WriteAsync("old"u8.ToArray(), ArtifactKind.Model, default);
        File.SetLastWriteTimeUtc(store.PathOf(old.Digest), (given.Clock.Now - TimeSpan.FromHours(2)).UtcDateTime);

        ArtifactInventory found = await given.Get<VerifyArtifacts>().RunAsync(default);

        Assert.Equal(2, found.Read);
        Assert.Equal(1, found.Unsettled);
        Assert.True(store.Contains(young.Digest));
        Assert.Equal(
            new HashSet<(ArtifactFaultKind, string)>
            {
                (ArtifactFaultKind.Missing, gone.Artifact.Hex), (ArtifactFaultKind.Corrupt, bent.Artifact.Hex),
                (ArtifactFaultKind.Foreign, "notes.txt"), (ArtifactFaultKind.Foreign, "zz.art"), (ArtifactFaultKind.Foreign, old.Digest.Hex),
            },
            [.. found.Faults.Select(fault => (fault.Kind, fault.Name))]);
        Assert.All(found.Faults, fault => Assert.DoesNotContain(folder, fault.Sentence, StringComparison.Ordinal));
    }

    private static SweepArtifacts Sweep(Given given, ArtifactStore store) => new(
        given.Get<IDbContextFactory<GovernanceDb>>(), given.Get<Registry.Ledger.AppendGate>(), store, given.Clock);
}
