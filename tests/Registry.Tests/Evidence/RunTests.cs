using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Evidence;

public sealed class RunTests
{
    [DatabaseFact]
    public async Task A_run_goes_from_the_queue_by_way_of_progress_to_sealed_evidence()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        AuditRun queued = await StartAsync(given, version);

        AuditRun running = (await given.Get<ClaimRun>().RunAsync(default))!;
        Assert.Null(await given.Get<ClaimRun>().RunAsync(default));
        Assert.Equal(ProgressOutcome.GoOn, await given.Get<ReportProgress>().RunAsync(running.Id, 3, 10, "Explaining.", default));
        AuditRun shown = (await given.Get<EvidenceQueries>().FindRunAsync(given.Reviewer, queued.Id, default))!;
        Assert.Equal((RunStatus.Running, 3, 10, "Explaining."), (shown.Status, shown.Done, shown.Total, shown.Message));

        SealOutcome outcome = await SealAsync(given, running.Id);

        EvidenceRecord record = Assert.IsType<SealOutcome.Sealed>(outcome).Evidence;
        EvidenceDocuments documents = (await given.Get<EvidenceQueries>().LatestAsync(given.Auditor, version.Id, default))!;
        Assert.Equal("{\"value\":1}"u8.ToArray(), documents.Findings);
        Assert.Equal(record.Id, documents.Record.Id);
        Assert.Equal(new VerdictCounts(1, 2, 3, 4), documents.Record.Verdicts);
        Assert.Null(await given.Get<EvidenceQueries>().FindAsync(given.Stranger, record.Id, default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_running_run_stops_at_its_next_report()
    {
        await using Given given = await Given.RegistryAsync();
        AuditRun run = await StartAsync(given, await given.VersionAsync(await given.ModelAsync()));
        await given.Get<ClaimRun>().RunAsync(default);

        Assert.IsType<CancelRunOutcome.Refused>(await given.Get<CancelRun>().RunAsync(Actor.Person(given.Auditor), run.Id, default));
        Assert.IsType<CancelRunOutcome.NoSuchRun>(await given.Get<CancelRun>().RunAsync(Actor.Person(given.Stranger), run.Id, default));
        Assert.IsType<CancelRunOutcome.Cancelling>(await given.Get<CancelRun>().RunAsync(Actor.Person(given.Reviewer), run.Id, default));
        Assert.Equal(ProgressOutcome.CancelRequested, await given.Get<ReportProgress>().RunAsync(run.Id, 1, 2, null, default));

        Assert.NotNull(await given.Get<EndRun>().RunAsync(run.Id, RunStatus.Cancelled, "Cancelled.", default));
        Assert.Equal(ProgressOutcome.NoLongerRunning, await given.Get<ReportProgress>().RunAsync(run.Id, 2, 2, null, default));
        Assert.IsType<SealOutcome.NoLongerRunning>(await SealAsync(given, run.Id));
        Assert.IsType<CancelRunOutcome.Refused>(await given.Get<CancelRun>().RunAsync(Actor.Person(given.Reviewer), run.Id, default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_waiting_run_is_cancelled_at_once_and_ends_once()
    {
        await using Given given = await Given.RegistryAsync();
        AuditRun run = await StartAsync(given, await given.VersionAsync(await given.ModelAsync()));

        await given.Get<CancelRun>().RunAsync(Actor.Person(given.Developer), run.Id, default);

        Assert.Null(await given.Get<ClaimRun>().RunAsync(default));
        Assert.Null(await given.Get<EndRun>().RunAsync(run.Id, RunStatus.Failed, "Again.", default));
    }

    [DatabaseFact]
    public async Task What_ran_when_the_process_ended_waits_again_at_the_next_start_and_goes_first()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        AuditRun run = await StartAsync(given, version);
        await given.Get<ClaimRun>().RunAsync(default);
        await StartAsync(given, version);

        Assert.Equal(1, await given.Get<ResumeRuns>().RunAsync(default));

        AuditRun shown = (await given.Get<EvidenceQueries>().FindRunAsync(given.Developer, run.Id, default))!;
        Assert.Equal(RunStatus.Queued, shown.Status);
        Assert.Equal(run.Id, (await given.Get<ClaimRun>().RunAsync(default))!.Id);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Refuses_a_run_without_the_right_and_evidence_that_is_not_canonical()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        StartRun start = given.Get<StartRun>();

        Assert.IsType<StartRunOutcome.Refused>(await start.RunAsync(Actor.Person(given.Auditor), version.Id, "A", "{}"u8.ToArray(), default));
        Assert.IsType<StartRunOutcome.NoSuchVersion>(await start.RunAsync(Actor.Person(given.Administrator), version.Id, "A", "{}"u8.ToArray(), default));
        await Assert.ThrowsAsync<ArgumentException>(() => given.Get<SealEvidence>().RunAsync(
            new NewEvidence(AuditRunId.New(), "A", "{ }"u8.ToArray(), "{}"u8.ToArray(), default), default));
    }

    [DatabaseFact]
    public async Task Evidence_without_findings_voids_no_approval_and_changes_no_root()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        await given.ReviewAsync(given.Reviewer, version);
        await given.DecideAsync(given.Approver, version);
        FactDigest root = (await given.Get<VersionQueries>().FindAsync(given.Developer, version.Id, default))!.State.Evidence;

        await StartAsync(given, version);
        AuditRun run = (await given.Get<ClaimRun>().RunAsync(default))!;
        SealOutcome outcome = await given.Get<SealEvidence>().RunAsync(
            new NewEvidence(run.Id, "Explanations", "{\"value\":7}"u8.ToArray(), "{\"seconds\":2}"u8.ToArray(), default), default);

        Assert.False(Assert.IsType<SealOutcome.Sealed>(outcome).Evidence.Decides);
        VersionDetails details = (await given.Get<VersionQueries>().FindAsync(given.Developer, version.Id, default))!;
        Assert.Equal(root, details.State.Evidence);
        Assert.True(details.Version.Stage.IsApproved());
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_run_that_explains_rows_needs_the_right_to_see_them()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());

        StartRunOutcome outcome = await given.Get<StartRun>().RunAsync(
            Actor.Person(given.Developer), version.Id, "A", "{}"u8.ToArray(), [Registry.Access.Right.Administer], default);

        Assert.IsType<StartRunOutcome.Refused>(outcome);
    }

    [DatabaseFact]
    public async Task The_timeline_tells_everything_in_order_with_names_and_reasons()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        await given.ReviewAsync(given.Reviewer, version);
        await given.DecideAsync(given.Approver, version);

        IReadOnlyList<TimelineLine> lines = await given.Get<VersionQueries>().TimelineAsync(given.Auditor, version.Id, default);

        Assert.Equal(
            [
                "artifact.stored", "artifact.stored", "version.registered", "run.requested", "run.started", "artifact.stored",
                "artifact.stored", "evidence.sealed", "run.sealed", "version.submitted", "sign-off.reviewed", "artifact.stored",
                "sign-off.decided", "sign-off.sealed", "version.approved",
            ],
            lines.Select(line => line.Entry.Action));
        Assert.Equal("The rev", lines[10].ActorName);
        Assert.Equal("It holds.", lines[12].Reason);
        Assert.Equal("the system", lines[4].ActorName);
        Assert.Empty(await given.Get<VersionQueries>().TimelineAsync(given.Stranger, version.Id, default));
        VersionDetails details = (await given.Get<VersionQueries>().FindAsync(given.Developer, version.Id, default))!;
        Assert.Equal(["It holds.", "It holds."], details.SignOffs.Select(s => s.Rationale));
        Assert.Equal("Because.", Assert.IsType<string>(details.Moves[0].Reason));
        Assert.Equal("own-work", details.RefusalFor(Registry.SignOffs.SignOffKind.Decision, Registry.SignOffs.Verdict.Approve)!.Code);
    }

    private static async Task<AuditRun> StartAsync(Given given, ModelVersion version) =>
        Assert.IsType<StartRunOutcome.Queued>(await given.Get<StartRun>().RunAsync(
            Actor.Person(given.Developer), version.Id, "Audit", "{}"u8.ToArray(), default)).Run;

    private static Task<SealOutcome> SealAsync(Given given, AuditRunId run) => given.Get<SealEvidence>().RunAsync(
        new NewEvidence(run, "Audit", "{\"value\":1}"u8.ToArray(), "{\"seconds\":2}"u8.ToArray(), new VerdictCounts(1, 2, 3, 4)), default);
}
