using System.Text.Json;
using Governance.Audit;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Models;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Audits;

/// <summary>Kills the program (SIGKILL) in the middle of an audit; started again, it goes on and seals what it would have sealed.</summary>
public sealed class ResumeTests
{
    private const string Model = "resumed";
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private static AuditOptions Options => new()
    {
        Name = "Long audit",
        Evaluation = "hmda-test",
        Background = "hmda-train",
        BackgroundRows = 20,
        Protected = ["afam", "single"],
        Explanation = new ExplanationOptions { Method = "kernel", Rows = 220, Samples = 768 },
        Seed = 5,
    };

    [Fact]
    public async Task An_audit_goes_on_after_the_program_was_killed_and_seals_the_same_findings()
    {
        await using ServedPortal portal = await ServedPortal.MakeAsync(Model);
        (AuditRunId run, byte[] expected) = await PrepareAsync(portal);
        string steps = Path.Combine(portal.Data, "checkpoints", run.Value.ToString("n"));

        await portal.StartAsync();
        await UntilAsync(() => Task.FromResult(Directory.Exists(steps) && Directory.GetFiles(steps, "*.step").Length > 4));
        await portal.KillAsync();
        int kept = Directory.GetFiles(steps, "*.step").Length;
        AssertNothingInTheClear(steps);
        await portal.StartAsync();
        await UntilAsync(() => IsOverAsync(portal, run));
        // The run is over once it is sealed; what it kept on the way goes right after that.
        await UntilAsync(() => Task.FromResult(!Directory.Exists(steps)));

        await using ServiceProvider registry = Open(portal);
        await using GovernanceDb db = await Db(registry);
        AuditRun over = await db.Runs.SingleAsync(row => row.Id == run);
        Assert.True(over.Status == RunStatus.Sealed, $"{over.Status}: {over.Message}");
        EvidenceRecord evidence = await db.Evidence.SingleAsync(row => row.Run == run);
        ArtifactStore store = registry.GetRequiredService<ArtifactStore>();
        Assert.Equal(FactDigest.Of(expected).Hex, evidence.Findings.Hex);
        RunRecord record = JsonSerializer.Deserialize<RunRecord>(await store.ReadAsync(evidence.RunRecord, default), ReportJson.Options)!;
        Assert.Equal(2, record.Attempts);
        Assert.InRange(record.PartsFromBefore, kept, record.Parts - 1);
        Assert.IsType<LedgerVerdict.Holds>(await registry.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    // The data, the version and the run in the queue; and what an audit that nobody disturbs finds.
    private static async Task<(AuditRunId Run, byte[] Expected)> PrepareAsync(ServedPortal portal)
    {
        await using ServiceProvider registry = Open(portal);
        Person dev = (await registry.GetRequiredService<PeopleQueries>().FindByUserNameAsync("dev", default))!;
        Actor actor = Actor.Person(dev.Id);
        foreach (string part in (string[])["train", "test"])
        {
            Assert.IsType<RegisterDatasetOutcome.Registered>(await registry.GetRequiredService<AdmitDataset>().RunAsync(
                actor, $"hmda-{part}", part, await File.ReadAllBytesAsync(Path.Combine(Samples, "hmda", $"{part}.csv")), ColumnGuess.Of, "yes", "no", default));
        }

        string folder = Path.Combine(Samples, "models", "hmda_logreg");
        ModelVersionId version = Assert.IsType<RegisterVersionOutcome.Registered>(await registry.GetRequiredService<AdmitVersion>().RunAsync(
            actor, Model, await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")),
            await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json")), null, [], default)).Version.Id;
        AuditRunId run = Assert.IsType<StartRunOutcome.Queued>(
            await registry.GetRequiredService<RequestAudit>().RunAsync(actor, version, Options, default)).Run.Id;
        AuditInputs inputs = await registry.GetRequiredService<LoadAuditInputs>().RunAsync(version, Options, default);
        return (run, SealableFindings.Bytes(new ComputeFindings(inputs, Options, PolicyPack.Default, TimeProvider.System).Run(2, new Silent(), default)));
    }

    private static void AssertNothingInTheClear(string folder) => Assert.All(
        Directory.GetFiles(folder), file => Assert.DoesNotContain("selection_rate", File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal));

    private static async Task<bool> IsOverAsync(ServedPortal portal, AuditRunId run)
    {
        await using ServiceProvider registry = Open(portal);
        await using GovernanceDb db = await Db(registry);
        return (await db.Runs.AsNoTracking().SingleAsync(row => row.Id == run)).Status.IsOver();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(4));
        while (!await holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static ServiceProvider Open(ServedPortal portal) => new ServiceCollection().AddLogging()
        .AddRegistry(new RegistryOptions { DataFolder = portal.Data }).AddAudit(QuarantineCommand.Options).BuildServiceProvider();

    private static Task<GovernanceDb> Db(ServiceProvider registry) =>
        registry.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
