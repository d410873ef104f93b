using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Registry.Tests;

/// <summary>A registry of its own on a real database, the one that the test is for, with people in it.</summary>
internal sealed partial class Given : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private bool isTemplate;
    private bool isSpare;

    private Given(ServiceProvider services, string folder, Clock clock)
    {
        this.services = services;
        Folder = folder;
        Clock = clock;
    }

    public string Folder { get; }

    public Clock Clock { get; }

    public UserId Developer { get; private set; }

    public UserId OtherDeveloper { get; private set; }

    public UserId Reviewer { get; private set; }

    public UserId Approver { get; private set; }

    public UserId SecondApprover { get; private set; }

    public UserId Auditor { get; private set; }

    public UserId Operator { get; private set; }

    public UserId Administrator { get; private set; }

    public UserId Stranger { get; private set; }

    // Migrating and hashing passwords take most of a second: done once, then the file or database is copied.
    private static readonly Lazy<Task<(byte[] Database, string Key)>> Template = new(MakeTemplateAsync);
    private static readonly Lazy<Task<(string Database, string Key)>> PostgreSqlTemplate = new(MakePostgreSqlTemplateAsync);

    /// <summary>A registry on the database that the test is for.</summary>
    public static async Task<Given> RegistryAsync()
    {
        Given given;
        if (Databases.Current == Database.PostgreSql)
        {
            (string template, string key) = await PostgreSqlTemplate.Value;
            PostgreSqlServer server = await PostgreSqlServer.SharedAsync();
            given = Open(server.ConnectionTo(await SpareDatabases.TakeAsync(template)));
            given.isSpare = true;
            Directory.CreateDirectory(Path.Combine(given.Folder, "data"));
            await given.WriteKeyAsync(key);
        }
        else
        {
            (byte[] database, string key) = await Template.Value;
            given = Open();
            Directory.CreateDirectory(Path.Combine(given.Folder, "data"));
            await File.WriteAllBytesAsync(Path.Combine(given.Folder, "data", "governance.db"), database);
            await given.WriteKeyAsync(key);
        }

        await given.FindPeopleAsync();
        return given;
    }

    /// <summary>A registry on the database that the test is for, which is not migrated yet.</summary>
    public static async Task<Given> EmptyAsync()
    {
        if (Databases.Current == Database.Sqlite)
        {
            return Open();
        }

        PostgreSqlServer server = await PostgreSqlServer.SharedAsync();
        return Open(server.ConnectionTo(await server.CreateAsync()));
    }

    /// <summary>A registry whose database is not made yet.</summary>
    public static Given Open(string? connection = null, string? at = null)
    {
        string folder = at ?? Path.Combine(Path.GetTempPath(), "governance-tests", Guid.CreateVersion7().ToString("n"));
        Directory.CreateDirectory(folder);
        RegistryOptions options = new()
        {
            DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek"), ConnectionString = connection,
        };
        Clock clock = new();
        return new Given(
            new ServiceCollection().AddSingleton<TimeProvider>(clock).AddRegistry(options).BuildServiceProvider(), folder, clock);
    }

    private static async Task<(byte[] Database, string Key)> MakeTemplateAsync()
    {
        await using Given given = Open();
        await given.PeopleAsync();
        given.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        return (
            await File.ReadAllBytesAsync(Path.Combine(given.Folder, "data", "governance.db")),
            await File.ReadAllTextAsync(Path.Combine(given.Folder, "kek")));
    }

    private static async Task<(string Database, string Key)> MakePostgreSqlTemplateAsync()
    {
        PostgreSqlServer server = await PostgreSqlServer.SharedAsync();
        string name = await server.CreateAsync();
        await using Given given = Open(server.ConnectionTo(name) + ";Pooling=false"); // nobody may be connected to a template
        given.isTemplate = true;
        await given.PeopleAsync();
        await SpareDatabases.KeepAsync(name);
        return (name, await File.ReadAllTextAsync(Path.Combine(given.Folder, "kek")));
    }

    private async Task WriteKeyAsync(string key)
    {
        string path = Path.Combine(Folder, "kek");
        await File.WriteAllTextAsync(path, key);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task PeopleAsync()
    {
        await Get<MigrateDatabase>().RunAsync(CancellationToken.None);
        await UserAsync("dev", Role.Developer);
        await UserAsync("dev2", Role.Developer);
        await UserAsync("rev", Role.Reviewer);
        await UserAsync("app", Role.Approver);
        await UserAsync("app2", Role.Approver);
        await UserAsync("aud", Role.Auditor);
        await UserAsync("ops", Role.Operator);
        await UserAsync("adm", Role.Administrator);
        await UserAsync("other", Role.Developer, Role.Reviewer, Role.Approver);
    }

    private async Task FindPeopleAsync()
    {
        await using GovernanceDb db = Db();
        Dictionary<string, UserId> users = await db.Users.ToDictionaryAsync(user => user.UserName!, user => user.Person);
        Developer = users["dev"];
        OtherDeveloper = users["dev2"];
        Reviewer = users["rev"];
        Approver = users["app"];
        SecondApprover = users["app2"];
        Auditor = users["aud"];
        Operator = users["ops"];
        Administrator = users["adm"];
        Stranger = users["other"];
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public GovernanceDb Db() => Get<IDbContextFactory<GovernanceDb>>().CreateDbContext();

    public async Task<UserId> UserAsync(string name, params Role[] roles)
    {
        AddUserOutcome outcome = await Get<AddUser>().RunAsync(
            Actor.System, new NewUser(name, "The " + name, "correct horse battery", roles.ToHashSet()), default);
        return Assert.IsType<AddUserOutcome.Added>(outcome).Person.Id;
    }

    /// <summary>A model of the developer's, granted to everyone but the stranger and the administrator.</summary>
    public async Task<Model> ModelAsync(string name = "credit", RiskTier tier = RiskTier.Medium)
    {
        RegisterModelOutcome outcome = await Get<RegisterModel>().RunAsync(
            Actor.Person(Developer), new NewModel(name, "Credit", "Decides on credit.", tier), default);
        foreach (UserId user in (UserId[])[OtherDeveloper, Reviewer, Approver, SecondApprover, Operator])
        {
            Assert.IsType<GrantOutcome.Granted>(
                await Get<GrantAccess>().RunAsync(Actor.System, user, name, GrantExtras.None, default));
        }

        return Assert.IsType<RegisterModelOutcome.Registered>(outcome).Model;
    }

    public async Task<ModelVersion> VersionAsync(Model model, string bytes = "weights", UserId? author = null)
    {
        using MemoryStream artifact = new(Encoding.UTF8.GetBytes(bytes));
        RegisterVersionOutcome outcome = await Get<RegisterVersion>().RunAsync(
            Actor.Person(author ?? Developer),
            new NewVersion(model.Name, artifact, 1 << 20, "{ \"threshold\": 0.50 }"u8.ToArray(), "First.", []), default);
        return Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version;
    }

    public Task<EvidenceRecord> EvidenceAsync(ModelVersion version, string finding = "0.9") =>
        EvidenceOfAsync(version, $"{{\"value\":{finding}}}");

    /// <summary>Seals a findings document, which is brought into canonical form.</summary>
    public async Task<EvidenceRecord> EvidenceOfAsync(ModelVersion version, string document)
    {
        StartRunOutcome started = await Get<StartRun>().RunAsync(
            Actor.Person(Developer), version.Id, "Audit", "{\"seed\":1}"u8.ToArray(), default);
        AuditRun run = Assert.IsType<StartRunOutcome.Queued>(started).Run;
        Assert.Equal(run.Id, (await Get<ClaimRun>().RunAsync(default))!.Id);
        SealOutcome outcome = await Get<SealEvidence>().RunAsync(
            new NewEvidence(
                run.Id, "Audit", CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(document)), "{\"seconds\":1}"u8.ToArray(),
                new VerdictCounts(1, 0, 0, 0)),
            default);
        return Assert.IsType<SealOutcome.Sealed>(outcome).Evidence;
    }

    public async Task<MoveOutcome> MoveAsync(UserId by, ModelVersion version, StageRequest request, string? reason = "Because.") =>
        await Get<MoveVersion>().RunAsync(Actor.Person(by), version.Id, request, reason, default);

    public async Task<SignOffOutcome> SignAsync(UserId by, ModelVersion version, Verdict verdict, bool decision)
    {
        await using GovernanceDb db = Db();
        FactDigest evidence = await SealEvidence.RootOfAsync(db, version, default);
        return decision
            ? await Get<RecordDecision>().RunAsync(Actor.Person(by), await DecisionAsync(version, verdict), default)
            : await Get<RecordReview>().RunAsync(Actor.Person(by), new NewSignOff(version.Id, version.Digest, evidence, verdict, "It holds."), default);
    }

    /// <summary>A decision over the dossier as it stands, with a reason on whatever does not meet its limit.</summary>
    public async Task<NewSignOff> DecisionAsync(ModelVersion version, Verdict verdict = Verdict.Approve)
    {
        await using GovernanceDb db = Db();
        SignOffDossier dossier = (await Get<DossierQueries>().OfAsync(version.Id, default))!;
        string[] open =
        [
            .. dossier.Findings.Where(finding => finding.IsOpen).Select(finding => finding.Id),
            .. dossier.Register.Where(finding => finding.State == "Open").Select(finding => finding.Id),
        ];
        return new NewSignOff(
            version.Id, version.Digest, await SealEvidence.RootOfAsync(db, version, default), verdict, "It holds.",
            verdict == Verdict.ApproveWithConditions ? "Watch it." : null)
        {
            SeenDossier = dossier.Root,
            Waived = !verdict.IsApproval() || open.Length == 0 ? []
                : [new LineWaiver("all", "All lines", GateVerdict.Breaches, "Small and known.", Clock.Now.AddDays(30), open)],
        };
    }

    public Task<SignOffOutcome> ReviewAsync(UserId by, ModelVersion version, Verdict verdict = Verdict.Reviewed) =>
        SignAsync(by, version, verdict, decision: false);

    public Task<SignOffOutcome> DecideAsync(UserId by, ModelVersion version, Verdict verdict = Verdict.Approve) =>
        SignAsync(by, version, verdict, decision: true);

    /// <summary>A version in review with evidence.</summary>
    public async Task<ModelVersion> InReviewAsync(RiskTier tier = RiskTier.Medium)
    {
        ModelVersion version = await VersionAsync(await ModelAsync(tier: tier));
        await EvidenceAsync(version);
        Assert.IsType<MoveOutcome.Moved>(await MoveAsync(Developer, version, StageRequest.Submit));
        return version;
    }

    public async Task<Stage> StageOfAsync(ModelVersion version)
    {
        await using GovernanceDb db = Db();
        return (await db.Versions.SingleAsync(row => row.Id == version.Id)).Stage;
    }

    public async ValueTask DisposeAsync()
    {
        RegistryOptions options = Get<RegistryOptions>();
        await services.DisposeAsync();
        if (!options.IsPostgreSql)
        {
            using SqliteConnection connection = new(options.EffectiveConnectionString);
            SqliteConnection.ClearPool(connection); // this registry's only: tests run side by side
        }
        else if (isSpare)
        {
            await SpareDatabases.ReturnAsync(DatabaseOf(options));
        }
        else if (!isTemplate)
        {
            await (await PostgreSqlServer.SharedAsync()).DropAsync(DatabaseOf(options));
        }

        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A clock that stands, until a test moves it.</summary>
internal sealed class Clock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero).AddTicks(17);

    public override DateTimeOffset GetUtcNow() => Now;
}
