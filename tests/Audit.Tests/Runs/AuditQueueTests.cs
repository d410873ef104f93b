using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Audit.Tests.Quarantine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Audit.Tests.Runs;

/// <summary>Requests, the queue and sealed evidence on a real database and store.</summary>
public sealed class AuditQueueTests : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private readonly string folder = Directory.CreateTempSubdirectory("governance-runs-").FullName;
    private ServiceProvider services = null!;
    private Actor owner = null!;
    private ModelVersionId version;

    public async Task InitializeAsync()
    {
        ServiceCollection collection = new();
        collection.AddLogging();
        collection.AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") });
        collection.AddAudit(GivenQuarantine.Options);
        services = collection.BuildServiceProvider();
        await Get<MigrateDatabase>().RunAsync(CancellationToken.None);

        NewUser olive = new("olive", "Olive", "a password of olive", new HashSet<Role> { Role.Developer });
        AddUserOutcome.Added added = Assert.IsType<AddUserOutcome.Added>(
            await Get<AddUser>().RunAsync(Actor.System, olive, CancellationToken.None));
        owner = Actor.Person(added.Person.Id);
        await DatasetAsync("hmda-test", "test.csv");
        await DatasetAsync("hmda-train", "train.csv");
        await Get<RegisterModel>().RunAsync(
            owner, new NewModel("hmda", "HMDA", "Mortgage denial.", RiskTier.Medium), CancellationToken.None);
        string model = Path.Combine(Samples, "models", "hmda_biased");
        RegisterVersionOutcome.Registered registered = Assert.IsType<RegisterVersionOutcome.Registered>(
            await Get<AdmitVersion>().RunAsync(
                owner, "hmda", await File.ReadAllBytesAsync(Path.Combine(model, "model.onnx")),
                await File.ReadAllBytesAsync(Path.Combine(model, "manifest.json")), null, [], CancellationToken.None));
        version = registered.Version.Id;
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_same_audit_twice_seals_the_same_findings_and_the_ledger_verifies()
    {
        AuditRun first = await OverAsync(await QueuedAsync(Options));
        AuditRun second = await OverAsync(await QueuedAsync(Options));

        Assert.Equal(RunStatus.Sealed, first.Status);
        Assert.Equal(RunStatus.Sealed, second.Status);
        await using GovernanceDb db = await Db();
        List<EvidenceRecord> evidence = await db.Evidence.ToListAsync();
        Assert.Equal(2, evidence.Count);
        Assert.Equal(evidence[0].Findings, evidence[1].Findings);
        Assert.NotEqual(evidence[0].RunRecord, evidence[1].RunRecord);
        byte[] document = await Get<ArtifactStore>().ReadAsync(evidence[0].Findings, CancellationToken.None);
        Assert.True(CanonicalJson.IsCanonical(document));
        Assert.Equal("hmda", JsonSerializer.Deserialize<FindingsDocument>(document, ReportJson.Options)!.Subject.Model);
        Assert.IsType<LedgerVerdict.Holds>(await Get<VerifyLedger>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Data_that_does_not_fit_the_model_ends_the_run_in_words()
    {
        byte[] csv = "deny,pirat\nyes,0.3\nno,0.2\n"u8.ToArray();
        await Get<AdmitDataset>().RunAsync(owner, "narrow", "Narrow", csv, Columns, "yes", "no", CancellationToken.None);

        AuditRun run = await OverAsync(await QueuedAsync(Options with { Evaluation = "narrow", Protected = [] }));

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal("The data has no column 'hirat', which the model needs.", run.Message);
    }

    [Fact]
    public async Task A_running_audit_is_cancelled_when_someone_asks()
    {
        AuditRunId id = await QueuedAsync(Options with { Explanation = new ExplanationOptions { Rows = 476, Samples = 8_000 }, BackgroundRows = 1_000 });
        await Get<AuditQueue>().StartAsync(CancellationToken.None);
        await UntilAsync(id, run => run.Status == RunStatus.Running);

        Assert.IsType<CancelRunOutcome.Cancelling>(await Get<CancelRun>().RunAsync(owner, id, CancellationToken.None));

        AuditRun run = await UntilAsync(id, run => run.Status.IsOver());
        await Get<AuditQueue>().StopAsync(CancellationToken.None);
        Assert.Equal(RunStatus.Cancelled, run.Status);
        await using GovernanceDb db = await Db();
        Assert.False(await db.Evidence.AnyAsync());
    }

    // As after a kill: the row still says running, and no process works on it.
    [Fact]
    public async Task A_run_that_a_dead_process_left_behind_goes_on_at_start()
    {
        AuditRunId id = await QueuedAsync(Options);
        await Get<ClaimRun>().RunAsync(CancellationToken.None);

        AuditRun run = await OverAsync(id);

        Assert.Equal(RunStatus.Sealed, run.Status);
        Assert.Equal(2, run.Attempts);
        Assert.IsType<LedgerVerdict.Holds>(await Get<VerifyLedger>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_run_under_which_the_process_dies_again_and_again_is_interrupted()
    {
        AuditRunId id = await QueuedAsync(Options);
        for (int attempt = 1; attempt < ResumeRuns.MostAttempts; attempt++)
        {
            await Get<ClaimRun>().RunAsync(CancellationToken.None);
            Assert.Equal(1, await Get<ResumeRuns>().RunAsync(CancellationToken.None));
        }

        await Get<ClaimRun>().RunAsync(CancellationToken.None);
        Assert.Equal(0, await Get<ResumeRuns>().RunAsync(CancellationToken.None));

        AuditRun run = await UntilAsync(id, run => run.Status.IsOver());
        Assert.Equal(RunStatus.Interrupted, run.Status);
        Assert.Contains("5 times", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_computed_again_is_the_same_to_the_last_bit_and_decides_nothing_twice()
    {
        await OverAsync(await QueuedAsync(Options));
        EvidenceRecord first;
        await using (GovernanceDb db = await Db())
        {
            first = await db.Evidence.SingleAsync();
        }

        AuditRun run = await OverAsync(Assert.IsType<StartRunOutcome.Queued>(
            await Get<RequestReproduction>().RunAsync(owner, first.Id, CancellationToken.None)).Run.Id);

        Assert.Equal(RunStatus.Sealed, run.Status);
        await using GovernanceDb after = await Db();
        EvidenceRecord second = await after.Evidence.SingleAsync(record => record.Run == run.Id);
        byte[] bytes = await Get<ArtifactStore>().ReadAsync(second.Findings, CancellationToken.None);
        ReproductionReport report = JsonSerializer.Deserialize<FindingsDocument>(bytes, ReportJson.Options)!.Reproduction!;
        Assert.True(report.BitEqual);
        Assert.Equal(first.Findings.Hex, report.SealedDigest);
        Assert.False(second.Decides);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder, "data", "checkpoints")));
    }

    [Theory]
    [InlineData("nowhere", "afam", "There is no data set 'nowhere'.")]
    [InlineData("hmda-test", "race", "The data set 'hmda-test' has no column 'race'.")]
    public async Task Options_that_name_nothing_are_refused_before_anything_is_queued(string data, string column, string sentence)
    {
        StartRunOutcome outcome = await Get<RequestAudit>().RunAsync(
            owner, version, Options with { Evaluation = data, Protected = [column] }, CancellationToken.None);

        Assert.Equal(sentence, Assert.IsType<StartRunOutcome.Refused>(outcome).Reason.Sentence);
    }

    private static AuditOptions Options => new()
    {
        Name = "First audit",
        Evaluation = "hmda-test",
        Background = "hmda-train",
        BackgroundRows = 10,
        Protected = ["afam"],
        Explanation = new ExplanationOptions { Rows = 3, Samples = 64 },
    };

    private static IReadOnlyList<DatasetColumn> Columns(Table table) =>
    [
        .. table.Columns.Select(column => new DatasetColumn(
            column.Name, column is NumberColumn ? ColumnKind.Numeric : ColumnKind.Categorical,
            column.Name == "deny" ? ColumnRole.Label : ColumnRole.Feature)),
    ];

    private async Task DatasetAsync(string name, string file) => Assert.IsType<RegisterDatasetOutcome.Registered>(
        await Get<AdmitDataset>().RunAsync(
            owner, name, name, await File.ReadAllBytesAsync(Path.Combine(Samples, "hmda", file)), Columns, "yes", "no",
            CancellationToken.None));

    private async Task<AuditRunId> QueuedAsync(AuditOptions options) => Assert.IsType<StartRunOutcome.Queued>(
        await Get<RequestAudit>().RunAsync(owner, version, options, CancellationToken.None)).Run.Id;

    private async Task<AuditRun> OverAsync(AuditRunId id)
    {
        AuditQueue queue = Get<AuditQueue>();
        await queue.StartAsync(CancellationToken.None);
        AuditRun run = await UntilAsync(id, run => run.Status.IsOver());
        await queue.StopAsync(CancellationToken.None);
        return run;
    }

    private async Task<AuditRun> UntilAsync(AuditRunId id, Func<AuditRun, bool> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (true)
        {
            await using GovernanceDb db = await Db();
            AuditRun run = await db.Runs.AsNoTracking().FirstAsync(row => row.Id == id, patience.Token);
            if (holds(run))
            {
                return run;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private Task<GovernanceDb> Db() => Get<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
