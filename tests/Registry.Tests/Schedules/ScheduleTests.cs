using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Schedules;

public sealed class ScheduleTests
{
    [DatabaseFact]
    public async Task An_operator_of_the_model_makes_a_schedule_and_nobody_else_does()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync();
        SchedulePlan plan = ScheduleGiven.Monthly with { Version = version.Id };

        Assert.Equal("no-right", await CodeAsync(given.Developer));
        Assert.Equal("no-right", await CodeAsync(given.Reviewer));
        Assert.IsType<AddScheduleOutcome.NoSuchModel>(await AddAsync(given.Stranger));
        Schedule made = Assert.IsType<AddScheduleOutcome.Added>(await AddAsync(given.Operator)).Schedule;
        Assert.Equal("taken", await CodeAsync(given.Operator));
        Assert.Equal("no-deployment", (await given.Get<AddSchedule>().RunAsync(
            Actor.Person(given.Operator), "credit", ScheduleGiven.AfterLabels(DeploymentId.New(), 5), default) as AddScheduleOutcome.Refused)?.Reason.Code);

        ScheduleView seen = Assert.Single(await given.Get<ScheduleQueries>().VisibleToAsync(given.Reviewer, default));
        Assert.Equal((made.Id, "credit/1", ScheduleState.Active), (seen.Schedule.Id, seen.Label, seen.Entry.State));
        Assert.Null(await given.Get<ScheduleQueries>().FindAsync(given.Stranger, made.Id, default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));

        Task<AddScheduleOutcome> AddAsync(UserId by) => given.Get<AddSchedule>().RunAsync(Actor.Person(by), "credit", plan, default);
        async Task<string?> CodeAsync(UserId by) => (await AddAsync(by) as AddScheduleOutcome.Refused)?.Reason.Code;
    }

    [DatabaseFact]
    public async Task Whoever_a_schedule_runs_as_may_stop_it_even_without_the_right_to_make_one()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync();
        Schedule made = await given.ScheduleAsync(ScheduleGiven.Monthly);
        await given.Get<ChangeAccount>().RunAsync(Actor.Person(given.Administrator), given.Operator, new HashSet<Role> { Role.Reviewer }, deactivated: false, default);

        Assert.Equal("no-text", await CodeAsync(ScheduleStepKind.Paused, " "));
        Assert.Null(await CodeAsync(ScheduleStepKind.Paused, "The data moves."));
        Assert.Equal("schedule-paused", await CodeAsync(ScheduleStepKind.Paused, "Again."));
        Assert.Equal("no-right", await CodeAsync(ScheduleStepKind.Resumed, null));
        Assert.Null(await CodeAsync(ScheduleStepKind.Removed, "Not needed."));
        Assert.Equal("schedule-over", await CodeAsync(ScheduleStepKind.Paused, "Once more."));

        ScheduleEntry entry = (await given.Get<ScheduleQueries>().EntryAsync(made.Id, default))!;
        Assert.Equal([ScheduleStepKind.Paused, ScheduleStepKind.Removed], entry.Steps.Select(step => step.Kind));
        Assert.Empty(await given.Get<ScheduleQueries>().ActiveAsync(default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));

        async Task<string?> CodeAsync(ScheduleStepKind kind, string? reason) =>
            (await given.Get<StepSchedule>().RunAsync(Actor.Person(given.Operator), made.Id, kind, reason, default) as StepScheduleOutcome.Refused)?.Reason.Code;
    }

    [DatabaseFact]
    public async Task A_schedule_cannot_be_changed_behind_our_back()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync();
        Schedule made = await given.ScheduleAsync(ScheduleGiven.Monthly);
        await given.Get<StepSchedule>().RunAsync(Actor.Person(given.Operator), made.Id, ScheduleStepKind.Paused, "For now.", default);
        await using GovernanceDb db = given.Db();

        await Assert.ThrowsAnyAsync<Exception>(() => db.Schedules.ExecuteUpdateAsync(set => set.SetProperty(row => row.Cron, "0 0 0 1 1 ?")));
        await Assert.ThrowsAnyAsync<Exception>(() => db.ScheduleSteps.ExecuteDeleteAsync());
    }

    [Theory]
    [InlineData(" ", null, ScheduleTrigger.Clock, true, "name")]
    [InlineData("x", null, ScheduleTrigger.Clock, false, "spec")]
    [InlineData("x", 5, ScheduleTrigger.Clock, true, "new labels")]
    [InlineData("x", null, ScheduleTrigger.Labels, true, "Cron and time zone")]
    public void A_plan_whose_parts_do_not_fit_is_refused_in_words(string name, int? labels, ScheduleTrigger trigger, bool spec, string word)
    {
        SchedulePlan plan = ScheduleGiven.Monthly with { Name = name, Labels = labels, Trigger = trigger, Spec = spec ? "{}" : null };

        Assert.Contains(word, ScheduleRule.FaultOf(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Monitors_and_triggers_ask_for_what_they_need()
    {
        SchedulePlan labels = ScheduleGiven.AfterLabels(DeploymentId.New(), 100);
        Assert.Null(ScheduleRule.FaultOf(labels));
        Assert.Contains("deployment", ScheduleRule.FaultOf(labels with { Deployment = null }), StringComparison.Ordinal);
        Assert.Contains("at least 1", ScheduleRule.FaultOf(labels with { Labels = 0 }), StringComparison.Ordinal);
        SchedulePlan fresh = ScheduleGiven.Monthly with { Trigger = ScheduleTrigger.NewVersion, Cron = null, TimeZone = null };
        Assert.Null(ScheduleRule.FaultOf(fresh));
        Assert.Contains("leave the version out", ScheduleRule.FaultOf(fresh with { Version = ModelVersionId.New() }), StringComparison.Ordinal);
        SchedulePlan expiring = fresh with { Trigger = ScheduleTrigger.EvidenceExpiring, DaysBefore = 30 };
        Assert.Null(ScheduleRule.FaultOf(expiring));
        Assert.Contains("1 to 366", ScheduleRule.FaultOf(expiring with { DaysBefore = 0 }), StringComparison.Ordinal);
    }
}
