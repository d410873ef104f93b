using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Tokens;

public sealed class TokenCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-token-");

    private string Data => Path.Combine(folder.FullName, "data");

    public async Task InitializeAsync()
    {
        await using ServiceProvider registry = Open();
        await MigratedDatabase.PlaceAsync(registry.GetRequiredService<RegistryOptions>());
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
        foreach ((string name, Role role) in ((string, Role)[])[("dev", Role.Developer), ("ada", Role.Administrator)])
        {
            await registry.GetRequiredService<AddUser>().RunAsync(
                Actor.System, new NewUser(name, name, "correct horse battery", new HashSet<Role> { role }), default);
        }
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Makes_lists_and_revokes_a_token_that_is_shown_once()
    {
        CommandRun added = await RunAsync("token", "add", "dev", "--scope", "Register,read", "--name", "nightly", "--days", "7", "--network", "10.0.0.0/8");
        Assert.True(added.Code == 0, added.Error);
        string token = added.Json.GetProperty("token").GetString()!;
        Assert.True(TokenText.Fits(token));
        Assert.Equal("governance/token-add/1", added.Json.GetProperty("schema").GetString());
        Assert.Equal(["read", "register"], added.Json.GetProperty("scopes").EnumerateArray().Select(each => each.GetString()));

        CommandRun listed = await RunAsync("token", "list");
        JsonElement line = Assert.Single(listed.Json.GetProperty("tokens").EnumerateArray());
        Assert.Equal(("dev", "nightly", "valid"), (line.GetProperty("account").GetString(), line.GetProperty("name").GetString(), line.GetProperty("state").GetString()));
        Assert.DoesNotContain(token, listed.Output + listed.Error);

        CommandRun revoked = await RunAsync("token", "revoke", token[..8]);
        Assert.True(revoked.Code == 0, revoked.Error);
        Assert.Equal("revoked", (await RunAsync("token", "list")).Json.GetProperty("tokens")[0].GetProperty("state").GetString());
        await using ServiceProvider registry = Open();
        Assert.Equal("revoked", Assert.IsType<FindTokenOutcome.Refused>(await registry.GetRequiredService<FindToken>().RunAsync(token, null, default)).Code);
        Assert.IsType<LedgerVerdict.Holds>(await registry.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    [Theory]
    [InlineData("There is no account 'nobody'.", "token", "add", "nobody", "--scope", "read")]
    [InlineData("There is no scope 'write'. There are read, predict, explain, audit, register, ingest, deploy, download.", "token", "add", "dev", "--scope", "write")]
    [InlineData("A token lives 1 to 90 days.", "token", "add", "dev", "--scope", "read", "--days", "91")]
    [InlineData("There is no model 'none' for this account. Grant it first.", "token", "add", "dev", "--scope", "read", "--model", "none")]
    [InlineData("No token that may still be used is this one.", "token", "revoke", "gov_none")]
    [InlineData("A service account is a consumer or an operator", "service", "add", "batch", "--owner", "dev", "--role", "approver")]
    [InlineData("There is no service account 'dev'.", "service", "deactivate", "dev")]
    [InlineData("No link of an account 'dev' holds.", "external-login", "remove", "dev")]
    public async Task Refuses_in_one_sentence(string sentence, params string[] args)
    {
        CommandRun run = await RunAsync(args);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith(sentence, Assert.Single(run.Error.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task A_service_account_is_made_bears_a_token_and_is_deactivated_with_it()
    {
        Assert.Equal(0, (await RunAsync("service", "add", "batch", "--owner", "dev", "--role", "consumer,operator")).Code);
        string token = (await RunAsync("token", "add", "batch", "--scope", "predict")).Json.GetProperty("token").GetString()!;
        JsonElement line = Assert.Single((await RunAsync("service", "list")).Json.GetProperty("services").EnumerateArray());
        Assert.Equal(("batch", "dev", 1), (line.GetProperty("name").GetString(), line.GetProperty("owner").GetString(), line.GetProperty("tokens").GetInt32()));

        Assert.Equal(0, (await RunAsync("service", "deactivate", "batch")).Code);

        await using ServiceProvider registry = Open();
        Assert.IsType<FindTokenOutcome.Refused>(await registry.GetRequiredService<FindToken>().RunAsync(token, null, default));
    }

    [Fact]
    public async Task An_account_is_linked_to_a_provider_and_the_link_ends()
    {
        Assert.Equal(0, (await RunAsync("external-login", "add", "dev", "--issuer", "https://id.example.test", "--subject", "00u1")).Code);
        Assert.Equal("dev", (await RunAsync("external-login", "list")).Json.GetProperty("logins")[0].GetProperty("account").GetString());
        Assert.Equal(0, (await RunAsync("external-login", "remove", "dev")).Code);
        Assert.Empty((await RunAsync("external-login", "list")).Json.GetProperty("logins").EnumerateArray());
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync([.. args, "--data", Data, "--json", "-"]);

    private ServiceProvider Open() => new ServiceCollection().AddRegistry(new RegistryOptions { DataFolder = Data }).BuildServiceProvider();
}
