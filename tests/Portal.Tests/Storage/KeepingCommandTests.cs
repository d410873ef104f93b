using System.Diagnostics;
using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Storage;

/// <summary>Rotation, backup and restore as a person runs them: the program itself, with a home and a data folder of its own.</summary>
public sealed class KeepingCommandTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "governance.dll");

    private readonly string folder = Directory.CreateTempSubdirectory("governance-tests-").FullName;

    private string Data => Path.Combine(folder, "data");

    private string KeyFile => Path.Combine(folder, "home", ".config", "governance", "kek");

    // A real process, ended at moments spread over the whole rotation; afterwards everything opens and the next run finishes.
    [Fact]
    public async Task A_rotation_killed_at_any_moment_loses_nothing_and_is_finished_by_the_next()
    {
        Assert.Equal(0, (await RunAsync("migrate", "--data", Data)).Code);
        List<ArtifactDigest> stored = [];
        using (ArtifactStore store = Store())
        {
            for (int i = 0; i < 120; i++)
            {
                stored.Add((await store.WriteAsync(BitConverter.GetBytes(i), ArtifactKind.Model, default)).Digest);
            }
        }

        Random random = new(20_26);
        int killed = 0;
        for (int round = 0; round < 4; round++)
        {
            using Process process = Start("keys", "rotate", "--data", Data);
            string keys = await File.ReadAllTextAsync(KeyFile);
            for (int wait = 0; wait < 400 && !process.HasExited && await File.ReadAllTextAsync(KeyFile) == keys && round == 0; wait++)
            {
                await Task.Delay(10); // the first is killed once it has made its key, the others wherever they are
            }

            await Task.Delay(random.Next(1, round == 0 ? 60 : 1_200));
            killed += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync();
            using ArtifactStore after = Store();
            foreach (ArtifactDigest digest in stored)
            {
                await after.CheckAsync(digest, default);
            }
        }

        Assert.True(killed > 0);
        CommandRun last = await RunAsync("keys", "rotate", "--data", Data, "--quiet", "--json", "-");
        JsonElement[] left = [.. last.Json.GetProperty("keys").EnumerateArray()];
        Assert.Equal(120, left.Single(key => key.GetProperty("active").GetBoolean()).GetProperty("artifacts").GetInt32());
        Assert.All(left.Where(key => !key.GetProperty("active").GetBoolean()), key => Assert.Equal(0, key.GetProperty("artifacts").GetInt32()));
        Assert.Equal(0, (await RunAsync("ledger", "verify", "--data", Data)).Code);
    }

    [Fact]
    public async Task A_backup_restores_with_its_key_and_a_bent_one_ends_in_1()
    {
        await RunAsync("migrate", "--data", Data);
        string backup = Path.Combine(folder, "b.zip");
        CommandRun made = await RunAsync("backup", "--out", backup, "--data", Data, "--quiet", "--json", "-");
        string root = made.Json.GetProperty("ledgerRoot").GetString()!;

        Assert.Equal(2, (await RunAsync("backup", "--out", backup, "--data", Data)).Code);
        Assert.Equal(0, (await RunAsync("restore", "--from", backup, "--data-folder", Path.Combine(folder, "back"), "--root", root)).Code);
        Assert.Equal(2, (await RunAsync("restore", "--from", backup, "--data-folder", Path.Combine(folder, "back"))).Code);
        CommandRun older = await RunAsync("restore", "--from", backup, "--data-folder", Path.Combine(folder, "other"), "--root", new string('0', 64));
        byte[] bytes = await File.ReadAllBytesAsync(backup);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(backup, bytes);
        CommandRun bent = await RunAsync("restore", "--from", backup, "--data-folder", Path.Combine(folder, "third"));
        File.Delete(KeyFile);
        CommandRun keyless = await RunAsync("restore", "--from", backup, "--data-folder", Path.Combine(folder, "third"));

        Assert.Equal((1, 1, 2), (older.Code, bent.Code, keyless.Code));
        Assert.Contains("key file", keyless.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "third")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ArtifactStore Store()
    {
        RegistryOptions options = new() { DataFolder = Data, KeyFile = KeyFile };
        return new ServiceCollection().AddRegistry(options).BuildServiceProvider().GetRequiredService<ArtifactStore>();
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["HOME"] = Path.Combine(folder, "home");
        start.Environment["XDG_CONFIG_HOME"] = "";
        start.Environment.Remove("GOVERNANCE_KEK");
        return Process.Start(start)!;
    }

    private async Task<CommandRun> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, await output, await error);
    }
}
