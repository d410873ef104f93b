using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Moves a run's progress bar. The one write without a ledger entry: how far a run is, is no fact.</summary>
public sealed class ReportProgress(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Writes how far a running run is.</summary>
    /// <param name="run">Which run.</param>
    /// <param name="done">Units of work done, 0 to <paramref name="total"/>.</param>
    /// <param name="total">Units of work in all, above 0.</param>
    /// <param name="message">What it is doing, up to 1,000 characters; null for nothing to say.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the run shall go on.</returns>
    public async Task<ProgressOutcome> RunAsync(
        AuditRunId run, long done, long total, string? message, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(done, total);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message?.Length ?? 0, AuditRun.MaxMessageLength, nameof(message));
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        int rows = await db.Runs.Where(row => row.Id == run && row.Status == RunStatus.Running)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Done, done).SetProperty(row => row.Total, total)
                    .SetProperty(row => row.Message, message), cancellationToken);
        return rows == 0 ? ProgressOutcome.NoLongerRunning
            : await db.Runs.AnyAsync(row => row.Id == run && row.CancelRequested, cancellationToken)
                ? ProgressOutcome.CancelRequested
                : ProgressOutcome.GoOn;
    }
}

/// <summary>Whether a run shall go on.</summary>
public enum ProgressOutcome
{
    GoOn,

    /// <summary>Someone asked it to stop: end it as cancelled.</summary>
    CancelRequested,

    /// <summary>It ended elsewhere, or never started: stop without a word.</summary>
    NoLongerRunning,
}
