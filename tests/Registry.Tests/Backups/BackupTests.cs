using System.IO.Compression;
using Governance.Registry.Artifacts;
using Governance.Registry.Backups;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Registry.Tests.Backups;

public sealed class BackupTests
{
    [Theory]
    [InlineData("backup")]
    [InlineData("backup.zip")]
    public async Task What_is_backed_up_comes_back_and_is_proved(string name)
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        BackupOutcome.Made made = await MakeAsync(given, name);

        await using Restored restored = new(given);
        RestoreOutcome.Restored outcome = Assert.IsType<RestoreOutcome.Restored>(await restored.RunAsync(made.Path, made.LedgerRoot));

        Assert.Equal((made.LedgerSize, made.LedgerRoot, made.Artifacts), (outcome.LedgerSize, outcome.LedgerRoot, outcome.Artifacts));
        Assert.Equal("weights"u8.ToArray(), await restored.Get<ArtifactStore>().ReadAsync(version.Artifact, default));
        Assert.Equal(made.LedgerRoot, Assert.IsType<LedgerVerdict.Holds>(await restored.Get<VerifyLedger>().RunAsync(default)).Root);
        Assert.Empty((await restored.Get<VerifyArtifacts>().RunAsync(default)).Faults);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("backup.zip")]
    public async Task Neither_keys_nor_bytes_in_the_clear_are_in_it(string name)
    {
        await using Given given = await Given.RegistryAsync();
        const string Weights = "these weights are long enough to be found, wherever they may be, if they are anywhere";
        await given.VersionAsync(await given.ModelAsync(), Weights);
        string key = (await File.ReadAllTextAsync(given.Get<RegistryOptions>().EffectiveKeyFile!)).Trim()["kek1:".Length..];

        BackupOutcome.Made made = await MakeAsync(given, name);

        Assert.True(File.Exists(made.Path) || Directory.Exists(made.Path));
        foreach (string file in File.Exists(made.Path) ? [made.Path] : Directory.GetFiles(made.Path, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Weights[..32])));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(key)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Convert.FromBase64String(key)));
        }
    }

    [Fact]
    public async Task A_backup_made_while_others_write_holds()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        using CancellationTokenSource stop = new();
        Task<int> writing = Task.Run(async () =>
        {
            int i = 0;
            for (; !stop.IsCancellationRequested; i++)
            {
                await given.VersionAsync(model, $"weights {i}");
            }

            return i;
        });
        List<BackupOutcome.Made> made = [];
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(50);
            made.Add(await MakeAsync(given, $"backup-{i}"));
        }

        await stop.CancelAsync();
        Assert.True(await writing > 0);
        foreach (BackupOutcome.Made backup in made)
        {
            await using Restored restored = new(given);
            Assert.IsType<RestoreOutcome.Restored>(await restored.RunAsync(backup.Path, backup.LedgerRoot));
        }
    }

    [Fact]
    public async Task A_backup_made_while_keys_rotate_holds()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        for (int i = 0; i < 8; i++)
        {
            await given.VersionAsync(model, $"weights {i}");
        }

        using CancellationTokenSource stop = new();
        Task rotating = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await given.Get<RotateKeys>().RunAsync(null, default);
            }
        });
        BackupOutcome.Made made = await MakeAsync(given, "backup");
        await stop.CancelAsync();
        await rotating;

        await using Restored restored = new(given);
        Assert.IsType<RestoreOutcome.Restored>(await restored.RunAsync(made.Path, null));
    }

    public static TheoryData<string, Action<string>> Damages() => new()
    {
        { "no manifest", folder => File.Delete(Path.Combine(folder, "backup.json")) },
        { "manifest cut", folder => Cut(Path.Combine(folder, "backup.json")) },
        { "manifest empty", folder => File.WriteAllText(Path.Combine(folder, "backup.json"), "") },
        { "manifest with a path out", folder => Edit(folder, text => text.Replace("artifacts/", "../artifacts/", StringComparison.Ordinal)) },
        { "database bent", folder => Bend(Path.Combine(folder, "governance.db")) },
        { "database cut", folder => Cut(Path.Combine(folder, "governance.db")) },
        { "database gone", folder => File.Delete(Path.Combine(folder, "governance.db")) },
        { "artefact bent", folder => Bend(Artifact(folder)) },
        { "artefact cut", folder => Cut(Artifact(folder)) },
        { "artefact longer", folder => File.AppendAllText(Artifact(folder), "x") },
        { "artefact gone", folder => File.Delete(Artifact(folder)) },
        { "something added", folder => File.WriteAllText(Path.Combine(folder, "extra"), "x") },
        { "root changed", folder => Edit(folder, text => text.Replace("\"ledgerRoot\":\"", "\"ledgerRoot\":\"0", StringComparison.Ordinal)) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_backup_is_refused_and_leaves_nothing(string name, Action<string> damage)
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        BackupOutcome.Made made = await MakeAsync(given, "backup");

        damage(made.Path);

        await using Restored restored = new(given);
        RestoreOutcome.DoesNotHold fault = Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(made.Path, null));
        Assert.True(fault.Sentence.EndsWith('.') && !fault.Sentence.Contains('\n'), $"{name}: {fault.Sentence}");
        Assert.Empty(Directory.GetFileSystemEntries(restored.Folder));
    }

    // Whoever can write the manifest too makes its digests fit; then the ledger and the seals of the files speak.
    [Fact]
    public async Task A_manifest_made_to_fit_does_not_help()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        BackupOutcome.Made made = await MakeAsync(given, "backup");
        string database = Path.Combine(made.Path, "governance.db");
        using (SqliteConnection connection = new($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE Models SET Tier = 'Low'; UPDATE Models SET Purpose = 'Another.';";
            command.ExecuteNonQuery();
        }

        Fit(made.Path, "governance.db");

        await using Restored restored = new(given);
        Assert.Contains("ledger", Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(made.Path, null)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artefact_bent_with_a_manifest_made_to_fit_is_found_by_its_seal()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        BackupOutcome.Made made = await MakeAsync(given, "backup");
        string file = Artifact(made.Path);
        Bend(file);
        Fit(made.Path, Path.GetRelativePath(made.Path, file));

        await using Restored restored = new(given);
        Assert.Contains("damaged", Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(made.Path, null)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_of_an_older_backup_are_refused()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        await given.VersionAsync(model, "one");
        BackupOutcome.Made older = await MakeAsync(given, "older");
        await given.VersionAsync(model, "two");
        BackupOutcome.Made newer = await MakeAsync(given, "newer");

        File.Copy(Path.Combine(older.Path, "governance.db"), Path.Combine(newer.Path, "governance.db"), overwrite: true);
        await using (Restored restored = new(given))
        {
            Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(newer.Path, null));
        }

        // With the digest made to fit: the manifest's root is still the newer one.
        Fit(newer.Path, "governance.db");
        await using (Restored restored = new(given))
        {
            Assert.Contains("mixed", Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(newer.Path, null)).Sentence, StringComparison.Ordinal);
        }

        // The whole older backup holds by itself; only a root that was noted down elsewhere tells its age.
        await using (Restored restored = new(given))
        {
            Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(older.Path, newer.LedgerRoot));
            Assert.IsType<RestoreOutcome.Restored>(await restored.RunAsync(older.Path, older.LedgerRoot));
        }
    }

    [Fact]
    public async Task It_is_restored_to_an_empty_folder_only_and_needs_the_key()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        BackupOutcome.Made made = await MakeAsync(given, "backup");

        Assert.Equal("not-empty", Assert.IsType<RestoreOutcome.Refused>(await given.Get<RestoreBackup>().RunAsync(made.Path, null, default)).Reason.Code);
        await using Restored keyless = new(given, withKey: false);
        await Assert.ThrowsAsync<ArtifactKeyException>(() => keyless.RunAsync(made.Path, null));
        await using Restored restored = new(given);
        Assert.Equal("no-backup", Assert.IsType<RestoreOutcome.Refused>(await restored.RunAsync(made.Path + "-none", null)).Reason.Code);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_made_leaves_nothing()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        string target = Path.Combine(given.Folder, "backup");
        MakeBackup make = given.Get<MakeBackup>();

        Assert.IsType<BackupOutcome.Refused>(await make.RunAsync(Path.Combine(given.Get<RegistryOptions>().DataFolder, "b"), false, default));
        await File.WriteAllBytesAsync(given.Get<ArtifactStore>().PathOf(version.Artifact), new byte[200]);
        await Assert.ThrowsAsync<ArtifactDamagedException>(() => make.RunAsync(target, false, default));

        given.DropTriggers();
        given.Sql("UPDATE Models SET Purpose = 'Another.'");
        Assert.IsType<BackupOutcome.DoesNotHold>(await make.RunAsync(target, false, default));
        Assert.Equal(["data", "kek"], Directory.GetFileSystemEntries(given.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_zip_that_is_none_or_cut_off_is_refused()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        BackupOutcome.Made made = await MakeAsync(given, "backup.zip");
        await using Restored restored = new(given);
        byte[] whole = await File.ReadAllBytesAsync(made.Path);

        foreach (byte[] bytes in (byte[][])[[], "PK"u8.ToArray(), whole[..(whole.Length / 2)], whole[..^10]])
        {
            await File.WriteAllBytesAsync(made.Path, bytes);
            Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(made.Path, null));
        }

        await File.WriteAllBytesAsync(made.Path, whole);
        using (ZipArchive zip = ZipFile.Open(made.Path, ZipArchiveMode.Update))
        {
            zip.CreateEntry("../../evil");
        }

        Assert.IsType<RestoreOutcome.DoesNotHold>(await restored.RunAsync(made.Path, null));
    }

    [Fact]
    public async Task The_store_alone_can_be_backed_up_and_restored()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        BackupOutcome.Made made = Assert.IsType<BackupOutcome.Made>(
            await given.Get<MakeBackup>().RunAsync(Path.Combine(given.Folder, "store"), storeOnly: true, default));

        await using Restored restored = new(given);
        Assert.Null(Assert.IsType<RestoreOutcome.Restored>(await restored.RunAsync(made.Path, null)).LedgerRoot);

        await restored.Get<ArtifactStore>().CheckAsync(version.Artifact, default);
        Assert.False(File.Exists(Path.Combine(made.Path, "governance.db")));
    }

    private static async Task<BackupOutcome.Made> MakeAsync(Given given, string name) => Assert.IsType<BackupOutcome.Made>(
        await given.Get<MakeBackup>().RunAsync(Path.Combine(given.Folder, name), storeOnly: false, default));

    private static string Artifact(string folder) =>
        Directory.GetFiles(folder, "*.art", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

    private static void Bend(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static void Cut(string file) =>
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..(int)(new FileInfo(file).Length / 2)]);

    private static void Edit(string folder, Func<string, string> change)
    {
        string path = Path.Combine(folder, "backup.json");
        string text = File.ReadAllText(path);
        Assert.NotEqual(text, change(text));
        File.WriteAllText(path, change(text));
    }

    private static void Fit(string folder, string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, name));
        System.Text.Json.Nodes.JsonNode manifest = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "backup.json")))!;
        System.Text.Json.Nodes.JsonNode file = name == "governance.db"
            ? manifest["database"]!
            : manifest["artifacts"]!.AsArray().First(each => each!["name"]!.GetValue<string>() == name)!;
        file["length"] = bytes.Length;
        file["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        File.WriteAllText(Path.Combine(folder, "backup.json"), manifest.ToJsonString());
    }
}
