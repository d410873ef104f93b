using System.Net;
using Governance.Portal.Features.Ledger;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Ledger;

/// <summary>An auditor's journey on the command line: key, checkpoint, export, verification on another machine, a witness.</summary>
public sealed class LedgerCommandTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-ledger-").FullName;
    private RegistryOptions options = new();
    private ServiceProvider registry = null!;

    private string At(string name) => Path.Combine(folder, name);

    public async Task InitializeAsync()
    {
        options = new RegistryOptions { DataFolder = At("data"), KeyFile = At("kek"), SigningKeyFolder = At("signing") };
        registry = new ServiceCollection().AddRegistry(options).BuildServiceProvider();
        await MigratedDatabase.PlaceAsync(registry.GetRequiredService<RegistryOptions>());
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
        await AddAsync("first");
        Assert.IsType<SealOutcome.Sealed>(await registry.GetRequiredService<SealCheckpoint>().RunAsync(default));
        await registry.GetRequiredService<DeliverCopies>().RunAsync(now: true, default);
    }

    public async Task DisposeAsync()
    {
        await registry.DisposeAsync();
        using (SqliteConnection connection = new(options.EffectiveConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_exported_ledger_verifies_with_key_and_kept_checkpoint_and_a_changed_byte_is_found()
    {
        InstallationKey key = registry.GetRequiredService<SigningKeys>().Current;
        await File.WriteAllTextAsync(At("key.pem"), key.Pem);
        File.Copy(options.EffectiveCheckpointFile, At("kept.txt"));
        await AddAsync("second");
        await using (FileStream file = File.Create(At("ledger.jsonl")))
        {
            await registry.GetRequiredService<ExportLedger>().RunAsync(file, default);
        }

        CommandRun good = await CommandRun.OfAsync("verify", At("ledger.jsonl"), "--key", At("key.pem"), "--checkpoint", At("kept.txt"), "--quiet", "--json", "-");
        Assert.Equal(0, good.Code);
        Assert.True(good.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(1, good.Json.GetProperty("unsealed").GetInt64());
        Assert.Equal("governance/verify/1", good.Json.GetProperty("schema").GetString());

        string text = await File.ReadAllTextAsync(At("ledger.jsonl"));
        await File.WriteAllTextAsync(At("ledger.jsonl"), text.Replace("\"action\":\"user.added\"", "\"action\":\"user.addee\"", StringComparison.Ordinal));
        CommandRun bad = await CommandRun.OfAsync("verify", At("ledger.jsonl"), "--key", At("key.pem"), "--checkpoint", At("kept.txt"));
        Assert.Equal(1, bad.Code);
        Assert.Contains("does not hold", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_is_one_sentence_and_exit_code_2()
    {
        await File.WriteAllTextAsync(At("key.pem"), registry.GetRequiredService<SigningKeys>().Current.Pem);
        await File.WriteAllTextAsync(At("rubbish"), "not a ledger");
        foreach (string[] args in (string[][])
            [
                ["verify", At("rubbish"), "--key", At("key.pem")], ["verify", At("missing"), "--key", At("key.pem")],
                ["verify", At("rubbish"), "--key", At("rubbish")], ["verify", At("rubbish"), "--key", At("key.pem"), "--checkpoint", At("rubbish")],
                ["verify", At("rubbish")], ["ledger", "verify", "--data", At("nowhere")], ["ledger", "seal", "--data", At("data"), "--witness", "http://example.org"],
            ])
        {
            CommandRun run = await CommandRun.OfAsync(args);
            Assert.Equal(2, run.Code);
            Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        }
    }

    [Fact]
    public async Task The_servers_own_verification_holds_the_ledger_against_the_copies()
    {
        CommandRun good = await CommandRun.OfAsync("ledger", "verify", "--data", At("data"), "--quiet", "--json", "-");
        Assert.Equal((0, 1), (good.Code, good.Json.GetProperty("kept").GetInt32()));

        using (SqliteConnection connection = new(options.EffectiveConnectionString))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = """
                DROP TRIGGER "Ledger_no_delete"; DROP TRIGGER "Checkpoints_no_delete"; DROP TRIGGER "CheckpointCopies_no_delete"; DROP TRIGGER "SigningKeys_no_delete";
                DELETE FROM CheckpointCopies; DELETE FROM Checkpoints; DELETE FROM SigningKeys; DELETE FROM Ledger WHERE Action LIKE 'signing-key%';
                """;
            command.ExecuteNonQuery();
        }

        CommandRun bad = await CommandRun.OfAsync("ledger", "verify", "--data", At("data"), "--quiet", "--json", "-");
        Assert.Equal(1, bad.Code);
        Assert.Equal("checkpoint", bad.Json.GetProperty("fault").GetProperty("kind").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task A_witness_over_http_takes_checkpoints_and_its_refusal_is_shown()
    {
        InstallationKey key = registry.GetRequiredService<SigningKeys>().Current;
        using SigningKeys own = new(options with { SigningKeyFolder = At("witness-keys") });
        using WitnessState state = new(At("seen.txt"), [key], own, "witness/test");
        await using WebApplication witness = WitnessCommand.Build(state, own, "http://127.0.0.1:0");
        await witness.StartAsync();
        Uri address = new(witness.Urls.Single());
        await using ServiceProvider watched = new ServiceCollection().AddRegistry(options with
        {
            Checkpoints = new CheckpointOptions { Witnesses = [new WitnessAddress(address, own.Current.Pem)] },
        }).BuildServiceProvider();

        await watched.GetRequiredService<DeliverCopies>().RunAsync(now: true, default);
        await AddAsync("second");
        Assert.IsType<SealOutcome.Sealed>(await watched.GetRequiredService<SealCheckpoint>().RunAsync(default));
        await watched.GetRequiredService<DeliverCopies>().RunAsync(now: true, default);

        SignedCheckpoint last = (await watched.GetRequiredService<CheckpointQueries>().LatestAsync(default))!;
        Assert.Equal(last.Note, state.Last);
        Assert.All(await watched.GetRequiredService<ReadCheckpoints>().PlacesAsync(default), place => Assert.Equal((last.Size, true), (place.Size, place.Failure is null)));
        using HttpClient client = new() { BaseAddress = address };
        Assert.Equal(last.Note, await client.GetStringAsync(new Uri("/checkpoint", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(new Uri("/add-checkpoint", UriKind.Relative), new StringContent("x"))).StatusCode);

        // The witness has seen another history, signed by the same key: the next copy is refused, and that is shown.
        TreeHead head = TreeHead.Parse(SignedNote.Parse(last.Note).Text);
        byte[] other = new byte[32];
        await File.WriteAllTextAsync(At("seen.txt"), SignedNote.Sign(new TreeHead(head.Origin, head.Size, other).ToText(), head.Origin, registry.GetRequiredService<SigningKeys>()).ToString());
        await AddAsync("third");
        Assert.IsType<SealOutcome.Sealed>(await watched.GetRequiredService<SealCheckpoint>().RunAsync(default));
        await watched.GetRequiredService<DeliverCopies>().RunAsync(now: true, default);

        PlaceStanding refused = (await watched.GetRequiredService<ReadCheckpoints>().PlacesAsync(default)).Single(place => place.Name.StartsWith("witness", StringComparison.Ordinal));
        Assert.Contains("contradicts", refused.Failure!.Sentence, StringComparison.Ordinal);
    }

    private async Task AddAsync(string name) => Assert.IsType<AddUserOutcome.Added>(await registry.GetRequiredService<AddUser>().RunAsync(
        Actor.System, new NewUser(name, name, "correct horse battery", new HashSet<Role> { Role.Developer }), default));
}
