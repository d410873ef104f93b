using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Monitors;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Monitors;

public sealed class MonitorPlanTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [DatabaseFact]
    public async Task An_operator_assigns_a_plan_once_the_ledger_knows_it_and_nobody_changes_it()
    {
        await using Given given = await Given.RegistryAsync();
        Deployment deployment = await DeployedAsync(given);
        RecordMonitorPlan record = given.Get<RecordMonitorPlan>();

        Assert.IsType<MonitorPlanOutcome.NotFound>(await record.RunAsync(Actor.Person(given.Stranger), deployment.Id, "a", "text", default));
        Assert.Equal("no-right", Assert.IsType<MonitorPlanOutcome.Refused>(await record.RunAsync(Actor.Person(given.Reviewer), deployment.Id, "a", "text", default)).Reason.Code);
        MonitorPlan first = await AssignAsync(given, deployment, "first");
        Assert.Equal(first.Id, (await AssignAsync(given, deployment, "first")).Id);
        given.Clock.Now += TimeSpan.FromMinutes(1);
        MonitorPlan second = await AssignAsync(given, deployment, "second");

        Assert.Equal(second.Id, (await given.Get<MonitorPlanQueries>().InForceAsync(deployment.Id, default))!.Id);
        Assert.Equal([deployment.Id], await given.Get<MonitorPlanQueries>().WatchedAsync(default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
        await using GovernanceDb db = given.Db();
        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => db.MonitorPlans.ExecuteUpdateAsync(set => set.SetProperty(plan => plan.Text, "other")));
        Assert.Contains("append-only", fault.ToString(), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Readings_of_a_window_take_the_place_of_those_that_waited_for_labels()
    {
        await using Given given = await Given.RegistryAsync();
        Deployment deployment = await DeployedAsync(given);
        MonitorPlan plan = await AssignAsync(given, deployment, "plan");
        WriteReadings write = given.Get<WriteReadings>();
        await write.RunAsync([Reading(plan, "labels", null, false)], default);
        await write.RunAsync([Reading(plan, "accuracy", 0.9, true), Reading(plan, "roc_auc", 0.8, true)], default);
        await write.RunAsync([Reading(plan, "accuracy", 0.9, true), Reading(plan, "roc_auc", 0.8, true)], default);

        IReadOnlyList<MonitorReading> kept = await given.Get<MonitorReadingQueries>().OfPlanAsync(plan.Id, default);
        Assert.Equal(["accuracy", "roc_auc"], kept.Select(reading => reading.Series));
        Assert.Equal(2, (await given.Get<MonitorReadingQueries>().BetweenAsync(deployment.Id, Day, Day.AddDays(1), default)).Count);
        Assert.Empty(await given.Get<MonitorReadingQueries>().BetweenAsync(deployment.Id, Day.AddDays(1), Day.AddDays(2), default));
        Assert.Equal(Day.AddDays(1), await given.Get<MonitorReadingQueries>().LatestAsync(deployment.Id, default));
    }

    private static MonitorReading Reading(MonitorPlan plan, string metric, double? value, bool settled) => new()
    {
        Deployment = plan.Deployment,
        Plan = plan.Id,
        Monitor = "realised",
        Kind = "performance",
        Metric = metric,
        Series = metric,
        WindowFrom = Day,
        WindowTo = Day.AddDays(1),
        DueAt = Day.AddDays(3),
        Rows = 200,
        Value = value,
        Threshold = 0.001,
        Verdict = value is null ? MonitorVerdict.Unmeasured : MonitorVerdict.Within,
        Settled = settled,
        Sentence = "As it was.",
    };

    private static async Task<MonitorPlan> AssignAsync(Given given, Deployment deployment, string text) =>
        Assert.IsType<MonitorPlanOutcome.Assigned>(await given.Get<RecordMonitorPlan>().RunAsync(Actor.Person(given.Operator), deployment.Id, "plan", text, default)).Plan;

    private static async Task<Deployment> DeployedAsync(Given given)
    {
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.EvidenceAsync(version);
        await given.MoveAsync(given.Developer, version, StageRequest.Submit);
        await given.ReviewAsync(given.Reviewer, version);
        await given.DecideAsync(given.Approver, version);
        return Assert.IsType<DeploymentOutcome.Deployed>(await given.Get<DeployVersion>().RunAsync(
            Actor.Person(given.Operator), new NewDeployment(version.Id, "production", DeploymentRole.Champion), default)).Deployment;
    }
}
