using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Schedules;

public sealed class ScheduleRunTests
{
    [DatabaseFact]
    public async Task A_tick_is_run_once_and_never_beside_the_run_before()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync();
        Schedule made = await given.ScheduleAsync(ScheduleGiven.Monthly);
        DateTimeOffset tick = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);
        ScheduleStart start = new(made.Id, tick, ScheduleRunCause.Clock, version.Id, []);

        StartRunOutcome[] both = await Task.WhenAll(given.StartAsync(version, start), given.StartAsync(version, start));
        Assert.Equal([null, ScheduleStart.Taken], both.Select(ScheduleGiven.CodeOf).Order());
        Assert.Equal(ScheduleStart.Overlaps, ScheduleGiven.CodeOf(await given.StartAsync(version, start with { DueAt = tick.AddMonths(1) })));

        ScheduleRunView run = Assert.Single(await given.Get<ScheduleQueries>().RunsAsync([made.Id], null, null, 10, default));
        Assert.Equal((ScheduleRunState.Scheduled, tick, 1), (run.State, run.Row.DueAt, run.Number));
        await given.Get<EndRun>().RunAsync(run.Audit!.Id, RunStatus.Failed, "No data.", default);
        ScheduleRunView over = Assert.Single(await given.Get<RecordScheduleRuns>().OpenAsync(default));
        Assert.Equal((ScheduleRunState.Failed, "No data."), (over.State, over.Message));
        Assert.True(await given.Get<RecordScheduleRuns>().EndAsync(over.Row.Id, ScheduleRunStatus.Failed, over.Message, default));
        Assert.False(await given.Get<RecordScheduleRuns>().EndAsync(over.Row.Id, ScheduleRunStatus.Done, null, default));
        Assert.Null(ScheduleGiven.CodeOf(await given.StartAsync(version, start with { DueAt = tick.AddMonths(1) })));
    }

    [DatabaseFact]
    public async Task A_paused_schedule_starts_nothing_and_leaves_no_audit_behind()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync();
        Schedule made = await given.ScheduleAsync(ScheduleGiven.Monthly);
        await given.Get<StepSchedule>().RunAsync(Actor.Person(given.Operator), made.Id, ScheduleStepKind.Paused, "For now.", default);

        Assert.Equal(
            ScheduleStart.Still,
            ScheduleGiven.CodeOf(await given.StartAsync(version, new ScheduleStart(made.Id, given.Clock.Now, ScheduleRunCause.Clock, version.Id, []))));
        await using GovernanceDb db = given.Db();
        Assert.Empty(await db.Runs.ToListAsync());
    }

    [DatabaseFact]
    public async Task Missed_ticks_are_owed_one_run()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync();
        Schedule made = await given.ScheduleAsync(ScheduleGiven.Monthly);
        RecordScheduleRuns record = given.Get<RecordScheduleRuns>();
        DateTimeOffset first = Microseconds.Truncate(given.Clock.Now).AddDays(31);
        ScheduleStart missed = new(made.Id, first, ScheduleRunCause.CatchUp, version.Id, []);

        Assert.False(await record.OwesCatchUpAsync(made.Id, made.CreatedAt, default));
        Assert.True(await record.WriteAsync(missed, ScheduleRunStatus.Missed, "Nobody was there.", default));
        Assert.False(await record.WriteAsync(missed, ScheduleRunStatus.Missed, "Nobody was there.", default));
        Assert.True(await record.WriteAsync(missed with { DueAt = first.AddDays(31) }, ScheduleRunStatus.Missed, "Nobody was there.", default));
        Assert.True(await record.OwesCatchUpAsync(made.Id, made.CreatedAt, default));
        Assert.False(await record.OwesCatchUpAsync(made.Id, first.AddDays(40), default));
        Assert.Equal(first.AddDays(31), await record.LastTickAsync(made.Id, first.AddDays(60), default));
        Assert.Equal(first, await record.LastTickAsync(made.Id, first.AddDays(3), default));

        Assert.Null(ScheduleGiven.CodeOf(await given.StartAsync(version, missed with { DueAt = first.AddDays(40) })));
        Assert.False(await record.OwesCatchUpAsync(made.Id, made.CreatedAt, default));
    }

    [DatabaseFact]
    public async Task What_a_schedule_waits_for_is_noted_once_and_taken_once()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion version, DeploymentId deployment) = await given.DeployedAsync();
        Schedule labels = await given.ScheduleAsync(ScheduleGiven.AfterLabels(deployment, 100));
        Schedule fresh = await given.ScheduleAsync(
            ScheduleGiven.Monthly with { Name = "fresh", Trigger = ScheduleTrigger.NewVersion, Cron = null, TimeZone = null });
        SignalTrigger signal = given.Get<SignalTrigger>();
        RecordScheduleRuns record = given.Get<RecordScheduleRuns>();

        Assert.Equal(1, await signal.RunAsync(new TriggerEvent.LabelsArrived(deployment, "a", 60), default));
        Assert.Equal(0, await signal.RunAsync(new TriggerEvent.LabelsArrived(deployment, "a", 60), default));
        Assert.Equal(0, await signal.RunAsync(new TriggerEvent.LabelsArrived(DeploymentId.New(), "b", 60), default));
        Assert.Equal(1, await signal.RunAsync(new TriggerEvent.LabelsArrived(deployment, "c", 50), default));
        Assert.Equal(1, await signal.RunAsync(new TriggerEvent.VersionRegistered(version.Id), default));
        IReadOnlyList<TriggerSignal> waiting = await record.WaitingAsync(labels.Id, default);
        Assert.Equal(110, waiting.Sum(each => each.Count));
        Assert.Equal(version.Id, Assert.Single(await record.WaitingAsync(fresh.Id, default)).Version);

        ScheduleStart start = new(labels.Id, given.Clock.Now, ScheduleRunCause.Trigger, null, [.. waiting.Select(each => each.Id)]);
        (ScheduleRunId? run, Refusal? _) = await record.BeginAsync(start, "node", default);
        Assert.Empty(await record.WaitingAsync(labels.Id, default));
        await record.EndAsync(run!.Value, ScheduleRunStatus.Done, null, default);
        Assert.Equal(ScheduleStart.Taken, (await record.BeginAsync(start with { DueAt = given.Clock.Now.AddDays(1) }, "other", default)).Reason!.Code);
    }

    [DatabaseFact]
    public async Task Evidence_that_expires_is_waited_for_only_in_the_days_before()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion version, DeploymentId _) = await given.DeployedAsync();
        await given.ScheduleAsync(
            ScheduleGiven.Monthly with { Trigger = ScheduleTrigger.EvidenceExpiring, DaysBefore = 20, Cron = null, TimeZone = null });
        SignOffDeadline evidence = (await given.Get<ExpireSignOffs>().DeadlinesAsync([version.Id], default))[version.Id].First(each => each.Kind == DeadlineKind.Evidence);
        TriggerEvent.EvidenceExpires expires = new(version.Id, evidence.At);

        Assert.Equal(0, await given.Get<SignalTrigger>().RunAsync(expires, default));
        given.Clock.Now = evidence.At.AddDays(-20);
        Assert.Equal(1, await given.Get<SignalTrigger>().RunAsync(expires, default));
        Assert.True(evidence.RemindAt < evidence.At);
        Assert.Contains("too old", evidence.Ahead, StringComparison.Ordinal);
    }
}
