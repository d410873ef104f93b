using System.Globalization;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Alerts;

/// <summary>What people are told of an alert.</summary>
public enum AlertEvent
{
    /// <summary>It is new.</summary>
    Raised,

    /// <summary>It became critical.</summary>
    Escalated,

    /// <summary>It is open again.</summary>
    Reopened,

    /// <summary>It has gone quiet.</summary>
    Recovered,

    /// <summary>A mute ran out and it still sounds.</summary>
    Sounding,

    /// <summary>A person settled it.</summary>
    Resolved,

    /// <summary>A destination is tried out; about no alert.</summary>
    Test,
}

/// <summary>A change of an alert under way: its steps, what the policy does with the version, and who is told.</summary>
internal sealed class AlertChange(RegistryChange change, ModelVersion version, Model model, AlertTerms terms)
{
    /// <summary>Adds the step that a window leads to.</summary>
    /// <returns>The alert after it, and what people are told; null where nothing changed.</returns>
    public (AlertEntry Entry, AlertEvent? Event) Turn(AlertEntry entry, AlertTurn turn, bool loud)
    {
        AlertEntry after = entry;
        bool told = loud && entry.IsMuteOver(change.Now) && (turn is not AlertTurn.None || entry.IsActiveAt(change.Now));
        if (told)
        {
            after = Add(after, AlertStepKind.MuteEnded, "alert.mute-ended", null, "The mute ran out and it still sounds.");
        }

        return turn switch
        {
            AlertTurn.Escalated { Severity: var severity } => (
                Add(after, AlertStepKind.Escalated, "alert.escalated", severity, RowOf(terms.WindowsToCritical)), AlertEvent.Escalated),
            AlertTurn.Reopened { Severity: var severity, Cause: var cause } => (
                Add(after, AlertStepKind.Reopened, "alert.reopened", severity, cause), AlertEvent.Reopened),
            AlertTurn.Recovered => (
                Add(after, AlertStepKind.Recovered, "alert.recovered", null, $"{terms.WindowsToRecover.ToString(CultureInfo.InvariantCulture)} quiet windows in a row."),
                AlertEvent.Recovered),
            AlertTurn.None => (after, told ? AlertEvent.Sounding : null),
            _ => throw new ArgumentException("Another alert is no step of this one.", nameof(turn)),
        };
    }

    /// <summary>Does what the policy asks for, and puts into the outbox who is told.</summary>
    public async Task<RaisedAlert> DoneAsync(AlertEntry entry, AlertEvent happened, CancellationToken cancellationToken)
    {
        // A mute keeps people from being told, and never the policy from acting: then they are told all the same.
        bool judged = happened != AlertEvent.Recovered && entry.Severity == AlertSeverity.Critical;
        AlertEntry after = judged ? await MoveAsync(entry, cancellationToken) : entry;
        if (after.Steps.Count > entry.Steps.Count || after.MutedUntil(change.Now) is null)
        {
            await AlertOutbox.QueueAsync(change, after, happened, model, version, cancellationToken);
        }

        return new RaisedAlert(after, happened);
    }

    private async Task<AlertEntry> MoveAsync(AlertEntry entry, CancellationToken cancellationToken)
    {
        PolicyPack pack = await PackInForce.OfAsync(change.Db, model, cancellationToken);
        Stage? target = AlertEffect.TargetOf(pack, entry.Alert.Topic, version.Stage);
        if (target is not Stage to)
        {
            return entry;
        }

        string cause = AlertEffect.CauseOf(entry);
        await StageMoves.ApplyAsync(change, version, to, bySystem: true, cause, null, cancellationToken);
        return Add(entry, AlertStepKind.Moved, "alert.moved-version", null, $"By {pack.Label} the version is {to.InWords()} from now on.");
    }

    private AlertEntry Add(AlertEntry entry, AlertStepKind kind, string action, AlertSeverity? severity, string cause)
    {
        AlertStep step = new(AlertStepId.New(), entry.Alert.Id, entry.Steps.Count + 1, kind, entry.LastTo, null, change.Now)
        {
            Severity = severity, Cause = cause,
            DueAt = severity is AlertSeverity risen ? terms.DueAt(risen, change.Now) : null,
        };
        change.Add(step, action, version.Subject);
        return entry with { Steps = [.. entry.Steps, step] };
    }

    private static string RowOf(int windows) => windows == 1
        ? "It passed its limit." : $"{windows.ToString(CultureInfo.InvariantCulture)} windows in a row passed the limit.";
}
