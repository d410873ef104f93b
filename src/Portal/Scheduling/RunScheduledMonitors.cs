using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Scheduling;

/// <summary>Runs the monitors of a schedule's deployment in this process.</summary>
internal sealed class RunScheduledMonitors(
    RunMonitors run, RecordScheduleRuns record, TellSchedules tell, IDbContextFactory<GovernanceDb> contexts, TimeProvider time)
{
    private static readonly string Node = HoldLease.NewNode();

    /// <summary>Runs them.</summary>
    /// <param name="entry">The schedule, of monitors.</param>
    /// <param name="start">Which run.</param>
    /// <param name="cancellationToken">Ends it; the next run reads what this one did not.</param>
    /// <returns>Why not, or null: what they found are readings, and what went wrong stands with the run.</returns>
    public async Task<Refusal?> RunAsync(ScheduleEntry entry, ScheduleStart start, CancellationToken cancellationToken)
    {
        if (await RightAsync(entry.Schedule, cancellationToken) is Refusal refusal)
        {
            return refusal;
        }

        (ScheduleRunId? begun, Refusal? reason) = await record.BeginAsync(start, Node, cancellationToken);
        if (begun is not ScheduleRunId id)
        {
            return reason;
        }

        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task beating = BeatAsync(id, over.Token);
        string? fault = await FaultAsync(entry.Schedule.Deployment!.Value, start.DueAt, cancellationToken);
        await over.CancelAsync();
        await beating;
        if (fault is null)
        {
            await tell.DoneAsync(entry, start.DueAt, cancellationToken);
            await record.EndAsync(id, ScheduleRunStatus.Done, null, cancellationToken);
        }
        else
        {
            await tell.FailedAsync(entry, start.DueAt, fault, cancellationToken);
            await record.EndAsync(id, ScheduleRunStatus.Failed, fault, cancellationToken);
        }

        return null;
    }

    private async Task<string?> FaultAsync(DeploymentId deployment, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        try
        {
            return (await run.RunAsync(deployment, upTo, cancellationToken)).Refused;
        }
        catch (InputException fault)
        {
            return fault.Message;
        }
    }

    private async Task<Refusal?> RightAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == schedule.Model, cancellationToken);
        return (await Standing.LoadAsync(db, RunScheduledAudit.ActorOf(schedule), model, cancellationToken)).RefusalFor(Right.RunAudit);
    }

    private async Task BeatAsync(ScheduleRunId id, CancellationToken over)
    {
        using PeriodicTimer timer = new(RunLease.Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                try
                {
                    await record.BeatAsync(id, over);
                }
                catch (Exception fault) when (StoreDown.Is(fault))
                {
                    // the next beat tries again
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // the run is over
        }
    }
}
