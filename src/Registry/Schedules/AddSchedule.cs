using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Schedules;

/// <summary>Puts a schedule on record; from then on it runs in the name of whoever made it.</summary>
public sealed class AddSchedule(AppendGate gate, ScheduleSignal signal)
{
    /// <summary>Records it. That its cron can be read, whoever keeps the clock has checked.</summary>
    /// <param name="actor">Who makes it: its owner.</param>
    /// <param name="model">Of which model, by its name.</param>
    /// <param name="plan">What, and when.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">Nobody acts: a schedule runs in somebody's name.</exception>
    /// <exception cref="FormatException">The spec is no JSON with a canonical form.</exception>
    public async Task<AddScheduleOutcome> RunAsync(Actor actor, string model, SchedulePlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(plan);
        UserId owner = actor.User ?? throw new ArgumentException("A schedule runs in somebody's name.", nameof(actor));
        string? spec = plan.Spec is null ? null : Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(plan.Spec)));
        AddScheduleOutcome outcome = await gate.RunAsync<AddScheduleOutcome>(actor, async change =>
        {
            Model? row = await change.Db.Models.FirstOrDefaultAsync(each => each.Name == model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, row, cancellationToken);
            if (row is null || standing.Visibility != ModelVisibility.Full)
            {
                return new AddScheduleOutcome.NoSuchModel();
            }

            Refusal? refusal = SchedulePolicy.RefusalToAdd(standing)
                ?? (ScheduleRule.FaultOf(plan) is string fault ? new Refusal("bad-schedule", fault) : null)
                ?? await RefusalAsync(change, row, plan, cancellationToken);
            if (refusal is not null)
            {
                return new AddScheduleOutcome.Refused(refusal);
            }

            Schedule schedule = new(
                ScheduleId.New(), plan.Name.Trim(), row.Id, plan.Version, plan.Deployment, plan.Work, spec,
                plan.Trigger, plan.Cron?.Trim(), plan.TimeZone, plan.Labels, plan.DaysBefore, owner, change.Now);
            change.Add(schedule, "schedule.added", schedule.Scope);
            return new AddScheduleOutcome.Added(schedule);
        }, cancellationToken);
        signal.Wake();
        return outcome;
    }

    private static async Task<Refusal?> RefusalAsync(RegistryChange change, Model model, SchedulePlan plan, CancellationToken cancellationToken)
    {
        if (plan.Version is ModelVersionId id)
        {
            ModelVersion? version = await change.Db.Versions.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            if (version is null || version.Model != model.Id)
            {
                return new Refusal("no-version", "The version is none of this model.");
            }

            if (version.Stage is Stage.Retired or Stage.Rejected)
            {
                return new Refusal("wrong-stage", $"This version is {version.Stage.InWords()}, so it is audited no more.");
            }
        }

        string name = plan.Name.Trim();
        ModelId of = model.Id;
        if (plan.Deployment is DeploymentId deployment
            && !await change.Db.Deployments.AnyAsync(row => row.Id == deployment && row.Model == of, cancellationToken))
        {
            return new Refusal("no-deployment", "The deployment is none of this model.");
        }

        return await change.Db.Schedules.AnyAsync(
                row => row.Model == of && row.Name == name
                    && !change.Db.ScheduleSteps.Any(step => step.Schedule == row.Id && step.Kind == ScheduleStepKind.Removed), cancellationToken)
            ? new Refusal("taken", $"There is a schedule '{name}' on this model already.")
            : null;
    }
}

/// <summary>What came of making a schedule.</summary>
public abstract record AddScheduleOutcome
{
    private AddScheduleOutcome()
    {
    }

    /// <summary>It is on record and counts from now.</summary>
    public sealed record Added(Schedule Schedule) : AddScheduleOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : AddScheduleOutcome;

    /// <summary>There is no such model, or not for this person.</summary>
    public sealed record NoSuchModel : AddScheduleOutcome;
}
