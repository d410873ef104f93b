using Governance.Registry.Access;

namespace Governance.Registry.Ledger;

/// <summary>Writes down that somebody took a copy of the whole ledger; only who reads all of it may.</summary>
public sealed class RecordLedgerExport(AppendGate gate)
{
    /// <summary>Records it.</summary>
    /// <returns>Why not; null where it was recorded.</returns>
    public Task<Refusal?> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (standing.RefusalFor(Right.SeeLedger) is Refusal noRight)
            {
                return noRight;
            }

            change.Write(new LedgerSubject(LedgerSubject.Export, Guid.CreateVersion7().ToString()), "ledger.exported", null, null, null);
            return null;
        }, cancellationToken);
    }
}
