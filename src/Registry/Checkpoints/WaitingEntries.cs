using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Checkpoints;

/// <summary>The entries that no checkpoint covers yet, whichever process wrote them.</summary>
public sealed class WaitingEntries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Whether they ask for a checkpoint now.</summary>
    public async Task<bool> AreDueAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        long done = await db.Checkpoints.MaxAsync(row => (long?)row.Size, cancellationToken) ?? 0;
        List<LedgerEntry> entries = await db.Ledger.AsNoTracking().Where(entry => entry.Sequence >= done)
            .OrderBy(entry => entry.Sequence).Take(CheckpointPolicy.Entries).ToListAsync(cancellationToken);
        return entries.Count > 0 && CheckpointPolicy.IsDue([.. entries.Select(entry => entry.Action)], db.Now - entries[0].At);
    }
}
