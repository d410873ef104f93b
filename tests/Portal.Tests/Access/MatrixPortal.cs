using System.Net;
using Governance.Audit.Registrations;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Tests.Accounts;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Access;

/// <summary>A portal with one person a role, a model granted to all who may have one ("granted"), and another team's ("foreign").</summary>
public sealed class MatrixPortal : IAsyncLifetime
{
    private readonly Dictionary<Role, Visitor> browsers = [];
    private readonly Dictionary<Role, string> tokens = [];
    private PortalServer server = null!;

    /// <summary>The roles that a program can have.</summary>
    internal static IReadOnlyList<Role> Programs { get; } = [Role.Consumer, Role.Operator];

    /// <summary>Sends what it is given, without a session.</summary>
    internal HttpClient Client { get; private set; } = null!;

    /// <summary>The token of the service account of a role, with every scope.</summary>
    internal string Token(Role role) => tokens[role];

    /// <summary>The portal's services.</summary>
    internal IServiceProvider Services => server.Services;

    /// <summary>The browser in which the person of a role is signed in.</summary>
    internal Visitor Browser(Role role) => browsers[role];

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync();
        Dictionary<Role, Person> people = [];
        foreach (Role role in RightsTable.Columns)
        {
            string name = role.ToString().ToLowerInvariant();
            people[role] = await server.AddAsync(name, role);
            browsers[role] = new Visitor(server);
            Assert.Equal(HttpStatusCode.Redirect, (await browsers[role].SignInAsync(name)).StatusCode);
        }

        Actor owner = Actor.Person(people[Role.Developer].Id);
        Person stranger = await server.AddAsync("stranger", Role.Developer);
        await RegisterAsync(owner, "granted");
        await RegisterAsync(Actor.Person(stranger.Id), "foreign");
        foreach (Role role in (Role[])[Role.Reviewer, Role.Approver, Role.Consumer, Role.Operator])
        {
            Assert.IsType<GrantOutcome.Granted>(await Services.GetRequiredService<GrantAccess>().RunAsync(
                Actor.System, people[role].Id, "granted", GrantExtras.None, default));
        }

        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(server.Address) };
        foreach (Role role in Programs)
        {
            UserId account = Assert.IsType<AddUserOutcome.Added>(await Services.GetRequiredService<AddServiceAccount>().RunAsync(
                Actor.System, new NewServiceAccount($"program-{role}", $"Program {role}", people[Role.Developer].Id, new HashSet<Role> { role }), default)).Person.Id;
            Assert.IsType<GrantOutcome.Granted>(await Services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, account, "granted", GrantExtras.None, default));
            tokens[role] = Assert.IsType<IssueTokenOutcome.Issued>(await Services.GetRequiredService<IssueToken>().RunAsync(
                Actor.System, new NewToken(account, "matrix", Enum.GetValues<TokenScope>()), default)).Text;
        }

        RegisterDatasetOutcome outcome = await Services.GetRequiredService<AdmitDataset>().RunAsync(
            owner, "rows", "Rows", await File.ReadAllBytesAsync(Path.Combine(Reference.Repository, "samples", "hmda", "test.csv")),
            ColumnGuess.Of, "yes", "no", default);
        Assert.IsType<RegisterDatasetOutcome.Registered>(outcome);
    }

    public async Task DisposeAsync()
    {
        foreach (Visitor browser in browsers.Values)
        {
            browser.Dispose();
        }

        Client.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>How the person of a role stands to the granted model, or to the foreign one.</summary>
    internal static ModelRelation RelationOf(Role role, bool granted) => !granted || role is Role.Auditor or Role.Administrator
        ? default
        : new ModelRelation(true, Owner: role == Role.Developer);

    /// <summary>Puts the version of both models into a stage, past all rules: this test is about who may look.</summary>
    internal async Task PutAsync(Stage stage)
    {
        await using GovernanceDb db = await Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        await db.Versions.ExecuteUpdateAsync(row => row.SetProperty(version => version.Stage, stage));
    }

    private async Task RegisterAsync(Actor owner, string name)
    {
        string folder = Path.Combine(Reference.Repository, "samples", "models", "hmda_fair");
        Assert.IsType<RegisterModelOutcome.Registered>(await Services.GetRequiredService<RegisterModel>().RunAsync(
            owner, new NewModel(name, name, "Is looked at by every role.", RiskTier.Medium), default));
        Assert.IsType<RegisterVersionOutcome.Registered>(await Services.GetRequiredService<AdmitVersion>().RunAsync(
            owner, name, await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")),
            await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json")), null, [], default));
    }
}
