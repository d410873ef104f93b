using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Scheduling;

/// <summary>Queues the audit of a schedule in its owner's name, together with the row of its run.</summary>
internal sealed class RunScheduledAudit(RequestAudit request, PlaceTraffic traffic, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Queues it.</summary>
    /// <param name="entry">The schedule, of an audit.</param>
    /// <param name="start">Which run.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Why not, or null.</returns>
    public async Task<Refusal?> StartAsync(ScheduleEntry entry, ScheduleStart start, CancellationToken cancellationToken)
    {
        if (await VersionAsync(entry.Schedule, start, cancellationToken) is not ModelVersionId version)
        {
            return new Refusal("no-version", "The model has no version that could be audited.");
        }

        AuditOptions options;
        try
        {
            options = await traffic.RunAsync(ActorOf(entry.Schedule), AuditSpecJson.Read(entry.Schedule.Spec!), start.DueAt, cancellationToken);
        }
        catch (InputException fault)
        {
            return new Refusal("no-traffic", fault.Message);
        }

        return await request.RunAsync(
            ActorOf(entry.Schedule), version, options,
            (change, audit) => start.AddAsync(change, audit, cancellationToken), cancellationToken) switch
        {
            StartRunOutcome.Refused { Reason: var reason } => reason,
            StartRunOutcome.NoSuchVersion => new Refusal("no-right", "The owner of the schedule does not see the model any more."),
            _ => null,
        };
    }

    /// <summary>The owner, in a session that names the schedule: so the ledger tells its runs from their own.</summary>
    public static Actor ActorOf(Schedule schedule) => Actor.Person(schedule.Owner, $"schedule:{schedule.Id}");

    private async Task<ModelVersionId?> VersionAsync(Schedule schedule, ScheduleStart start, CancellationToken cancellationToken)
    {
        if (start.Version is ModelVersionId named)
        {
            return named;
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Versions.Where(row => row.Model == schedule.Model && row.Stage != Stage.Retired && row.Stage != Stage.Rejected)
            .OrderByDescending(row => row.Number).Select(row => (ModelVersionId?)row.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
