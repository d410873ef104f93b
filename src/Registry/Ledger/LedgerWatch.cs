using Governance.Registry.Readings;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Ledger;

/// <summary>Sees whether anything that is governed changed, whichever process changed it: every such change is an entry of the ledger.</summary>
/// <remarks>What this process changes is seen at once, what others change after <see cref="MaxAge"/> at the latest. One query serves all who ask.</remarks>
public sealed class LedgerWatch
{
    /// <summary>How old the last look at the database may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly AppendGate gate;
    private readonly SharedReadings<int, long> last;

    /// <summary>Begins without having looked.</summary>
    /// <param name="contexts">Where the ledger is.</param>
    /// <param name="gate">Counts the changes of this process.</param>
    /// <param name="clock">Says how old a look is.</param>
    public LedgerWatch(IDbContextFactory<GovernanceDb> contexts, AppendGate gate, TimeProvider clock)
    {
        this.gate = gate;
        last = new SharedReadings<int, long>(MaxAge, 1, clock, async _ =>
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(CancellationToken.None);
            return await db.Ledger.MaxAsync(entry => (long?)entry.Sequence, CancellationToken.None) ?? -1;
        });
    }

    /// <summary>How far the ledger has come. Without the database the exception reaches the caller: nothing remembered may be used then.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<LedgerMark> MarkAsync(CancellationToken cancellationToken)
    {
        long changes = gate.Changes;
        return new LedgerMark(changes, await last.OfAsync(0, new LedgerMark(changes, -1), cancellationToken));
    }
}
