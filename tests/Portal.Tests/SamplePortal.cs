using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests;

/// <summary>A real portal on a free port with the biased and the fair sample model, audited; one for all tests that read.</summary>
public sealed class SamplePortal : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"governance-{Guid.CreateVersion7():n}");
    private readonly Dictionary<string, UserId> people = [];
    private readonly Database kind;
    private ApplicationDatabase? database;
    private WebApplication? app;

    public SamplePortal()
        : this(Databases.Current)
    {
    }

    internal SamplePortal(Database kind) => this.kind = kind;

    /// <summary>The database on PostgreSQL; null on SQLite.</summary>
    public ApplicationDatabase? PostgreSql => database;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = default!;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => app!.Services;

    /// <summary>The account of a user name.</summary>
    public UserId this[string user] => people[user];

    public async Task InitializeAsync()
    {
        RegistryOptions registry = new() { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") };
        TestKey.Write(registry.KeyFile);
        if (kind == Database.PostgreSql)
        {
            database = await ApplicationDatabase.MakeAsync(registry);
            registry = registry with { ConnectionString = database.Connection };
        }

        await MigratedDatabase.PlaceAsync(registry);
        app = PortalHost.Build(new PortalOptions { Urls = "http://127.0.0.1:0", Registry = registry }, services => services.AddQuickPasswords());
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
        await SeedAsync();
    }

    public async Task DisposeAsync()
    {
        await app!.DisposeAsync();
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        for (int attempt = 0; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < 40)
            {
                await Task.Delay(250); // a child process of a test may still be writing its last file
            }
        }
    }

    /// <summary>A browser without script in which someone is signed in.</summary>
    public async Task<SignedInClient> SignInAsync(string user)
    {
        SignedInClient client = new(Address);
        await client.SubmitAsync("/accounts/sign-in", "#password", ("Form.Name", user), ("Form.Password", Password));
        return client;
    }

    /// <summary>The id of a version.</summary>
    public async Task<ModelVersionId> VersionAsync(string model, int number)
    {
        await using GovernanceDb db = await Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        ModelId id = (await db.Models.SingleAsync(row => row.Name == model)).Id;
        return (await db.Versions.SingleAsync(row => row.Model == id && row.Number == number)).Id;
    }

    /// <summary>Registers the next version of a sample model under another name and audits it.</summary>
    public async Task<ModelVersionId> RegisterAsync(string name, string sample, RiskTier tier = RiskTier.Medium)
    {
        Actor owner = Actor.Person(people["dev"]);
        await Services.GetRequiredService<RegisterModel>().RunAsync(
            owner, new NewModel(name, name, "Estimates whether a mortgage application will be denied.", tier), default);
        foreach (string user in (string[])["rita", "carl", "cora", "otto", "coen"])
        {
            await Services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, people[user], name, GrantExtras.None, default);
        }

        RegisterVersionOutcome outcome = await Services.GetRequiredService<AdmitVersion>().RunAsync(
            owner, name, await File.ReadAllBytesAsync(Sample("models", sample, "model.onnx")),
            await File.ReadAllBytesAsync(Sample("models", sample, "manifest.json")), null, [], default);
        ModelVersionId version = Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version.Id;
        await Services.AuditAsync(owner, version, new AuditOptions
        {
            Name = "First audit", Evaluation = "hmda-test", Background = "hmda-train", BackgroundRows = 40,
            Protected = ["afam", "single"], Seed = 7,
            Explanation = new ExplanationOptions { Method = "kernel", Rows = 40, Samples = 256 },
        });
        return version;
    }

    private async Task SeedAsync()
    {
        foreach ((string user, Role role) in ((string, Role)[])
        [
            ("dev", Role.Developer), ("rita", Role.Reviewer), ("carl", Role.Approver), ("cora", Role.Approver),
            ("aude", Role.Auditor), ("otto", Role.Operator), ("coen", Role.Consumer), ("ada", Role.Administrator),
        ])
        {
            await using AsyncServiceScope scope = Services.CreateAsyncScope();
            AddUserOutcome outcome = await scope.ServiceProvider.GetRequiredService<AddUser>().RunAsync(
                Actor.System, new NewUser(user, $"{char.ToUpperInvariant(user[0])}{user[1..]} Sample", Password, new HashSet<Role> { role }), default);
            people[user] = Assert.IsType<AddUserOutcome.Added>(outcome).Person.Id;
        }

        foreach (string part in (string[])["train", "test"])
        {
            RegisterDatasetOutcome outcome = await Services.GetRequiredService<AdmitDataset>().RunAsync(
                Actor.Person(people["dev"]), $"hmda-{part}", $"Boston mortgages 1990, {part}", await File.ReadAllBytesAsync(Sample("hmda", $"{part}.csv")),
                Columns, "yes", "no", default);
            Assert.IsType<RegisterDatasetOutcome.Registered>(outcome);
        }

        await RegisterAsync("hmda_biased", "hmda_biased");
        await RegisterAsync("hmda_fair", "hmda_fair");
    }

    private static IReadOnlyList<DatasetColumn> Columns(Table table) => ColumnGuess.Of(table);

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}

/// <summary>The tests that share the portal.</summary>
[CollectionDefinition(Name)]
public sealed class PortalTests : ICollectionFixture<SamplePortal>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Portal";
}
