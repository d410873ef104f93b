using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Schedules;

/// <summary>Schedules as tests want them.</summary>
internal static class ScheduleGiven
{
    /// <summary>A monthly audit.</summary>
    public static SchedulePlan Monthly => new()
    {
        Name = "monthly", Work = ScheduleWork.Audit, Trigger = ScheduleTrigger.Clock, Spec = "{\"seed\":1}", Cron = "0 0 6 1 * ?", TimeZone = "UTC",
    };

    /// <summary>The monitors of a deployment after so many labels.</summary>
    public static SchedulePlan AfterLabels(DeploymentId deployment, int labels) => new()
    {
        Name = "after labels", Work = ScheduleWork.Monitors, Trigger = ScheduleTrigger.Labels, Deployment = deployment, Labels = labels,
    };

    /// <summary>The model "credit" with a version.</summary>
    public static async Task<ModelVersion> VersionAsync(this Given given) => await given.VersionAsync(await given.ModelAsync());

    /// <summary>The model "credit" with an approved version, and where it is live.</summary>
    public static async Task<(ModelVersion Version, DeploymentId Deployment)> DeployedAsync(this Given given)
    {
        ModelVersion version = await given.InReviewAsync();
        await given.ReviewAsync(given.Reviewer, version);
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));
        DeploymentOutcome outcome = await given.Get<DeployVersion>().RunAsync(
            Actor.Person(given.Operator), new NewDeployment(version.Id, "production", DeploymentRole.Outside), default);
        return (version, Assert.IsType<DeploymentOutcome.Deployed>(outcome).Deployment.Id);
    }

    /// <summary>The operator's schedule on "credit".</summary>
    public static async Task<Schedule> ScheduleAsync(this Given given, SchedulePlan plan) => Assert.IsType<AddScheduleOutcome.Added>(
        await given.Get<AddSchedule>().RunAsync(Actor.Person(given.Operator), "credit", plan, default)).Schedule;

    /// <summary>Starts an audit of a schedule as its owner.</summary>
    public static Task<StartRunOutcome> StartAsync(this Given given, ModelVersion version, ScheduleStart start) => given.Get<StartRun>().RunAsync(
        Actor.Person(given.Operator, "schedule"), version.Id, "Monthly", "{\"seed\":1}"u8.ToArray(), [],
        (change, run) => start.AddAsync(change, run, default), default);

    /// <summary>The code of a refusal; null where it was queued.</summary>
    public static string? CodeOf(StartRunOutcome outcome) => (outcome as StartRunOutcome.Refused)?.Reason.Code;
}
