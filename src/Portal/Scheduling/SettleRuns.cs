using System.Text.Json;
using Governance.Audit.Runs;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Schedules;

namespace Governance.Portal.Scheduling;

/// <summary>Looks what became of runs that were started, and tells whoever has to know.</summary>
/// <remarks>
/// It tells first and writes down then: killed in between, it tells once more, and the same window told twice counts once.
/// </remarks>
internal sealed class SettleRuns(ScheduleQueries schedules, RecordScheduleRuns record, TellSchedules tell, ArtifactStore store, TimeProvider time)
{
    /// <summary>Settles what is over.</summary>
    /// <returns>How many runs ended.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int ended = 0;
        foreach (ScheduleRunView view in await record.OpenAsync(cancellationToken))
        {
            if (await schedules.EntryAsync(view.Row.Schedule, cancellationToken) is ScheduleEntry entry)
            {
                ended += await SettleAsync(entry, view, cancellationToken) ? 1 : 0;
            }
        }

        return ended;
    }

    private async Task<bool> SettleAsync(ScheduleEntry entry, ScheduleRunView view, CancellationToken cancellationToken)
    {
        ScheduleRun run = view.Row;
        switch (view.State)
        {
            case ScheduleRunState.Sealed:
                if (view.Evidence is EvidenceRecord evidence)
                {
                    byte[] bytes = await store.ReadAsync(evidence.Findings, cancellationToken);
                    await tell.FindingsAsync(entry, evidence, JsonSerializer.Deserialize<FindingsDocument>(bytes, ReportJson.Options)!, cancellationToken);
                }

                await tell.DoneAsync(entry, run.DueAt, cancellationToken);
                return await record.EndAsync(run.Id, ScheduleRunStatus.Done, null, cancellationToken);
            case ScheduleRunState.Failed:
                string why = view.Audit?.Message ?? "The audit ended without evidence.";
                await tell.FailedAsync(entry, run.DueAt, why, cancellationToken);
                return await record.EndAsync(run.Id, ScheduleRunStatus.Failed, why, cancellationToken);
            case ScheduleRunState.Running when view.Audit is null && run.SeenAt < time.GetUtcNow() - RunLease.Patience:
                const string Gone = "The process that ran it ended in the middle. The next run reads what this one did not.";
                await tell.MissedAsync(entry, run.DueAt, Gone, cancellationToken);
                return await record.EndAsync(run.Id, ScheduleRunStatus.Missed, Gone, cancellationToken);
            default:
                return false;
        }
    }
}
