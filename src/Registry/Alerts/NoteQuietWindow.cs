using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>Notes that a window stayed within its limit: as many in a row as the policy asks for, and the alert has recovered.</summary>
public sealed class NoteQuietWindow(AppendGate gate, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Notes it; nothing is written where the matter has no alert that sounds.</summary>
    /// <param name="key">The matter.</param>
    /// <param name="from">The start of the window, inclusive.</param>
    /// <param name="to">Its end, exclusive.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The alert as it stands now; null where the matter has none that sounds.</returns>
    /// <exception cref="ArgumentException">The window ends before it begins.</exception>
    public async Task<RaisedAlert?> RunAsync(AlertKey key, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Most windows of most monitors are quiet and have no alert: one indexed look, no lock.
            if (await AlertEntry.FindAsync(db, key, cancellationToken) is not { IsQuiet: false })
            {
                return null;
            }
        }

        (DateTimeOffset start, DateTimeOffset end) = (Microseconds.Truncate(from), Microseconds.Truncate(to));
        RaisedAlert noted = await gate.RunAsync(Actor.System, change => TakeAsync(change, key, start, end, cancellationToken), cancellationToken);
        if (noted.Event is null)
        {
            await AlertWindows.KeepAsync(contexts, new AlertWindow(noted.Entry.Alert.Id, start, end, null, null), cancellationToken);
        }

        return noted;
    }

    private static async Task<RaisedAlert> TakeAsync(
        RegistryChange change, AlertKey key, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        AlertEntry entry = (await AlertEntry.FindAsync(change.Db, key, cancellationToken))!;
        ModelVersionId about = entry.Alert.Version;
        ModelVersion version = await change.Db.Versions.FirstAsync(row => row.Id == about, cancellationToken);
        Model model = await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        AlertTerms terms = AlertTerms.Of(await PackInForce.OfAsync(change.Db, model, cancellationToken));
        AlertWindow window = new(entry.Alert.Id, from, to, null, null);
        AlertChange under = new(change, version, model, terms);
        (AlertEntry after, AlertEvent? happened) = under.Turn(entry, AlertHysteresis.Judge(entry, window, terms, change.Now), loud: false);
        if (happened is null)
        {
            return new RaisedAlert(after, null);
        }

        await AlertWindows.PutAsync(change.Db, window, cancellationToken);
        return await under.DoneAsync(after with { Windows = AlertWindows.With(after.Windows, window) }, happened.Value, cancellationToken);
    }
}
