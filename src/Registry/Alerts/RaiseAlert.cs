using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Schedules;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>What came of a signal.</summary>
/// <param name="Entry">The alert that it belongs to, as it stands now.</param>
/// <param name="Event">What changed about it; null where the window was noted and nothing else.</param>
public sealed record RaisedAlert(AlertEntry Entry, AlertEvent? Event);

/// <summary>Takes a signal of a monitor, a schedule or an audit: opens an alert, or adds the window to the one that is open.</summary>
/// <remarks>
/// Idempotent: the same window again replaces its reading. What changes is a fact of the ledger, and who has to be told stands
/// in the outbox, both in one transaction; a window that changes nothing is a row alone.
/// </remarks>
public sealed class RaiseAlert(AppendGate gate, IDbContextFactory<GovernanceDb> contexts, SignalTrigger schedules)
{
    /// <summary>Takes it.</summary>
    /// <param name="signal">What was seen.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">A text of the signal is blank or too long, or there is no such version.</exception>
    public async Task<RaisedAlert> RunAsync(AlertSignal signal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signal);
        RaisedAlert raised = await gate.RunAsync(Actor.System, change => TakeAsync(change, signal, cancellationToken), cancellationToken);
        if (raised.Event is null)
        {
            await AlertWindows.KeepAsync(contexts, WindowOf(raised.Entry.Alert.Id, signal), cancellationToken);
        }

        // A schedule that waits for alerts must not be started by alerts about schedules.
        if (raised.Event == AlertEvent.Raised && signal.Source.Kind != AlertSourceKind.Schedule)
        {
            await schedules.RunAsync(new TriggerEvent.AlertRaised(raised.Entry.Alert.Id.Value, signal.Version, signal.Deployment), cancellationToken);
        }

        return raised;
    }

    private static async Task<RaisedAlert> TakeAsync(RegistryChange change, AlertSignal signal, CancellationToken cancellationToken)
    {
        ModelVersion version = await change.Db.Versions.FirstOrDefaultAsync(row => row.Id == signal.Version, cancellationToken)
            ?? throw new ArgumentException("There is no such version.", nameof(signal));
        Model model = await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        AlertTerms terms = AlertTerms.Of(await PackInForce.OfAsync(change.Db, model, cancellationToken));
        AlertEntry? entry = await AlertEntry.FindAsync(change.Db, signal.Key, cancellationToken);
        AlertTurn turn = entry is null
            ? new AlertTurn.Another(AlertHysteresis.SeverityOf(signal.Source.Kind, signal.Severity, 1, terms))
            : AlertHysteresis.Judge(entry, WindowOf(entry.Alert.Id, signal), terms, change.Now);
        AlertChange under = new(change, version, model, terms);
        if (turn is AlertTurn.Another another)
        {
            Alert alert = new(
                AlertId.New(), model.Id, signal, another.Severity, model.Owner, terms.DueAt(another.Severity, change.Now), change.Now);
            change.Add(alert, "alert.raised", version.Subject);
            AlertWindow first = WindowOf(alert.Id, signal);
            change.Db.AlertWindows.Add(first);
            return await under.DoneAsync(new AlertEntry(alert, [], [first]), AlertEvent.Raised, cancellationToken);
        }

        (AlertEntry after, AlertEvent? happened) = under.Turn(entry!, turn, loud: true);
        if (happened is null)
        {
            return new RaisedAlert(after, null);
        }

        AlertWindow window = WindowOf(after.Alert.Id, signal);
        await AlertWindows.PutAsync(change.Db, window, cancellationToken);
        return await under.DoneAsync(after with { Windows = AlertWindows.With(after.Windows, window) }, happened.Value, cancellationToken);
    }

    private static AlertWindow WindowOf(AlertId alert, AlertSignal signal) => new(
        alert, Microseconds.Truncate(signal.WindowFrom), Microseconds.Truncate(signal.WindowTo), signal.Severity, signal.Sentence);
}
