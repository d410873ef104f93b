using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Artifacts;

public sealed class RotateKeysTests
{
    private const int Header = 120;

    [Fact]
    public async Task Every_artefact_is_wrapped_anew_and_no_chunk_changes()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        string path = given.Get<ArtifactStore>().PathOf(version.Artifact);
        byte[] before = await File.ReadAllBytesAsync(path);
        string old = Assert.Single(given.Get<RotateKeys>().List()).Name;

        KeyRotation rotation = await given.Get<RotateKeys>().RunAsync(null, default);

        byte[] after = await File.ReadAllBytesAsync(path);
        Assert.NotEqual(old, rotation.Active);
        Assert.Equal(2, rotation.Rewrapped); // model and encoding
        Assert.Equal(before[Header..], after[Header..]);
        Assert.Equal(before[..44], after[..44]);
        Assert.NotEqual(before[44..Header], after[44..Header]);
        Assert.Equal("weights"u8.ToArray(), await given.Get<ArtifactStore>().ReadAsync(version.Artifact, default));
        Assert.Equal([(rotation.Active, true, 2), (old, false, 0)], given.Get<RotateKeys>().List().Select(key => (key.Name, key.Active, key.Artifacts)));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(given.Get<RegistryOptions>().EffectiveKeyFile!));
    }

    [Fact]
    public async Task The_ledger_tells_it_once_and_holds()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());

        KeyRotation first = await given.Get<RotateKeys>().RunAsync(null, default);
        KeyRotation second = await given.Get<RotateKeys>().RunAsync(null, default);

        await using GovernanceDb db = given.Db();
        string[] told = await db.Ledger.Where(entry => entry.SubjectKind == LedgerSubject.Key).OrderBy(entry => entry.Sequence)
            .Select(entry => entry.Action + " " + entry.SubjectId).ToArrayAsync();
        Assert.Equal(4, told.Length);
        Assert.Contains($"key.added {first.Active}", told);
        Assert.Contains($"key.added {second.Active}", told);
        Assert.Contains($"key.retired {first.Active}", told);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task A_rotation_that_was_ended_is_finished_without_another_key()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        List<ModelVersion> versions = [];
        for (int i = 0; i < 5; i++)
        {
            versions.Add(await given.VersionAsync(model, $"weights {i}"));
        }

        using CancellationTokenSource stop = new();
        await Assert.ThrowsAsync<OperationCanceledException>(() => given.Get<RotateKeys>().RunAsync((done, _) =>
        {
            if (done == 3)
            {
                stop.Cancel();
            }
        }, stop.Token));
        Assert.Equal([3, 3], given.Get<RotateKeys>().List().Select(key => key.Artifacts));
        KeyRotation rest = await given.Get<RotateKeys>().RunAsync(null, default);

        Assert.True(rest.Resumed);
        Assert.Equal(3, rest.Rewrapped);
        Assert.Equal([6, 0], rest.Keys.Select(key => key.Artifacts));
        foreach (ModelVersion version in versions)
        {
            await given.Get<ArtifactStore>().CheckAsync(version.Artifact, default);
        }
    }

    // What a power cut between note and header can leave: any prefix of the new header over the old one.
    [Theory]
    [InlineData(44)]
    [InlineData(52)]
    [InlineData(57)]
    [InlineData(90)]
    [InlineData(119)]
    public async Task A_header_half_written_is_read_by_its_note_and_finished(int written)
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        ArtifactStore store = given.Get<ArtifactStore>();
        string path = store.PathOf(version.Artifact);
        byte[] before = await File.ReadAllBytesAsync(path);
        await given.Get<RotateKeys>().RunAsync(null, default);
        byte[] after = await File.ReadAllBytesAsync(path);
        string notes = given.Get<RegistryOptions>().ArtifactFolder + ".rewrap";
        Directory.CreateDirectory(notes);
        await File.WriteAllBytesAsync(Path.Combine(notes, version.Artifact.Hex), after[..Header]);
        await File.WriteAllBytesAsync(path, [.. after[..written], .. before[written..]]);

        Assert.Equal("weights"u8.ToArray(), await store.ReadAsync(version.Artifact, default));
        await given.Get<RotateKeys>().RunAsync(null, default);

        Assert.Empty(Directory.GetFiles(notes));
        Assert.Equal("weights"u8.ToArray(), await store.ReadAsync(version.Artifact, default));
    }

    [Fact]
    public async Task A_note_of_another_file_is_not_taken()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        ArtifactStore store = given.Get<ArtifactStore>();
        string path = store.PathOf(version.Artifact);
        byte[] before = await File.ReadAllBytesAsync(path);
        await store.WriteAsync("weights"u8.ToArray(), ArtifactKind.Model, default); // stored again: another key, another id
        string notes = given.Get<RegistryOptions>().ArtifactFolder + ".rewrap";
        Directory.CreateDirectory(notes);
        await File.WriteAllBytesAsync(Path.Combine(notes, version.Artifact.Hex), before[..Header]);

        await given.Get<RotateKeys>().RunAsync(null, default);

        Assert.Equal("weights"u8.ToArray(), await store.ReadAsync(version.Artifact, default));
    }

    [Fact]
    public async Task Readers_and_writers_of_a_running_server_never_notice()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        List<ArtifactDigest> digests = [];
        for (int i = 0; i < 12; i++)
        {
            digests.Add((await given.VersionAsync(model, $"weights {i}")).Artifact);
        }

        RegistryOptions options = given.Get<RegistryOptions>();
        using ArtifactStore server = new(options.ArtifactFolder, options.LoadKeys, () => options.EffectiveKeyFile);
        using CancellationTokenSource stop = new();
        int reads = 0;
        Task<List<ArtifactDigest>> serving = Task.Run(async () =>
        {
            List<ArtifactDigest> stored = [];
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                await server.CheckAsync(digests[i % digests.Count], default);
                stored.Add((await server.WriteAsync(BitConverter.GetBytes(i), ArtifactKind.Model, default)).Digest);
                reads++;
            }

            return stored;
        });

        for (int round = 0; round < 6; round++)
        {
            await given.Get<RotateKeys>().RunAsync(null, default);
        }

        await stop.CancelAsync();
        List<ArtifactDigest> written = await serving;
        Assert.True(reads > 0);
        foreach (ArtifactDigest digest in digests.Concat(written))
        {
            await given.Get<ArtifactStore>().CheckAsync(digest, default);
        }
    }

    [Fact]
    public async Task A_key_goes_only_once_nothing_needs_it()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        RotateKeys rotate = given.Get<RotateKeys>();
        string old = rotate.List()[0].Name;

        Assert.Equal("active-key", (await rotate.DropAsync(old, default))?.Code);
        await rotate.RunAsync(null, default);
        await rotate.RunAsync(null, default);
        Assert.Equal("unknown-key", (await rotate.DropAsync("0000000000000000", default))?.Code);
        Assert.Null(await rotate.DropAsync(old, default));

        Assert.DoesNotContain(rotate.List(), key => key.Name == old);
        await given.Get<ArtifactStore>().CheckAsync(version.Artifact, default);
    }

    [Fact]
    public async Task Without_the_new_key_nothing_opens_and_the_reason_names_it()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        string file = given.Get<RegistryOptions>().EffectiveKeyFile!;
        string oldKeys = await File.ReadAllTextAsync(file);
        KeyRotation rotation = await given.Get<RotateKeys>().RunAsync(null, default);
        using ArtifactStore thief = new(given.Get<RegistryOptions>().ArtifactFolder, _ => KeyRing.Parse(oldKeys));

        ArtifactKeyException fault = await Assert.ThrowsAsync<ArtifactKeyException>(() => thief.ReadAsync(version.Artifact, default));

        Assert.Contains(rotation.Active, fault.Message, StringComparison.Ordinal);
    }
}
