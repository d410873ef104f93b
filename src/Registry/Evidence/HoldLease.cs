using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Evidence;

/// <summary>Says that a process works on its run still, and gives the run back to the others when it is over.</summary>
public sealed class HoldLease(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>A name for this process that no other start has.</summary>
    public static string NewNode()
    {
        string machine = Environment.MachineName;
        return $"{(machine.Length <= 40 ? machine : machine[..40])}/{Environment.ProcessId}/{Guid.CreateVersion7():n}";
    }

    /// <summary>Says it.</summary>
    /// <returns>Whether the run is this process's still; otherwise another one took it over after a silence.</returns>
    public async Task<bool> BeatAsync(AuditRunId run, string node, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = db.Now;
        return await db.RunLeases.Where(lease => lease.Run == run && lease.Node == node)
            .ExecuteUpdateAsync(set => set.SetProperty(lease => lease.SeenAt, now), cancellationToken) > 0;
    }

    /// <summary>Ends the lease.</summary>
    public async Task EndAsync(AuditRunId run, string node, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.RunLeases.Where(lease => lease.Run == run && lease.Node == node).ExecuteDeleteAsync(cancellationToken);
    }
}
