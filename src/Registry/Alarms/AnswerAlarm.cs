using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>What came of a step after an alarm.</summary>
public abstract record AlarmOutcome
{
    private AlarmOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    public sealed record Done : AlarmOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : AlarmOutcome;

    /// <summary>There is no such alarm, or not for this person.</summary>
    public sealed record NoSuchAlarm : AlarmOutcome;
}

/// <summary>What people do about an alarm: its person confirms who they are, the model's owner releases the stream.</summary>
public sealed class AnswerAlarm(AppendGate gate)
{
    /// <summary>Records that the person of the stream proved again who they are. Whoever calls it has just seen the proof.</summary>
    /// <param name="actor">The person of the stream, or who answers for the service account of it.</param>
    /// <param name="id">Which alarm.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<AlarmOutcome> ConfirmAsync(Actor actor, TheftAlarmId id, CancellationToken cancellationToken) =>
        RunAsync(actor, id, AlarmStepKind.Confirmed, null, cancellationToken);

    /// <summary>Lets the stream go on.</summary>
    /// <param name="actor">The model's owner, who is not the person of the stream.</param>
    /// <param name="id">Which alarm.</param>
    /// <param name="reason">What they found, in their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<AlarmOutcome> ReleaseAsync(Actor actor, TheftAlarmId id, string? reason, CancellationToken cancellationToken) =>
        RunAsync(actor, id, AlarmStepKind.Released, reason, cancellationToken);

    private Task<AlarmOutcome> RunAsync(
        Actor actor, TheftAlarmId id, AlarmStepKind kind, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<AlarmOutcome>(actor, async change =>
        {
            AlarmView? view = await AlarmQueries.FindAsync(change.Db, id, cancellationToken);
            Model? model = view is null ? null
                : await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == view.Alarm.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            Person who = standing.Person ?? throw new ArgumentException("A person answers an alarm.", nameof(actor));
            if (view is null || (standing.Visibility != ModelVisibility.Full && !AlarmPolicy.Confirms(view, who)))
            {
                return new AlarmOutcome.NoSuchAlarm();
            }

            PersonalText? text = string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength
                ? null : PersonalText.Write(reason.Trim());
            Refusal? refusal = kind == AlarmStepKind.Confirmed
                ? AlarmPolicy.RefusalToConfirm(view, who)
                : AlarmPolicy.RefusalToRelease(view, who, standing.Relation.Owner, standing.RefusalFor(Right.Suspend) is null)
                    ?? (text is null ? AlarmPolicy.NoReason : null);
            if (refusal is not null)
            {
                return new AlarmOutcome.Refused(refusal);
            }

            AlarmStep step = new(AlarmStepId.New(), id, kind, who.Id, change.Now, kind == AlarmStepKind.Released ? text!.Digest : null);
            change.Add(
                step, kind == AlarmStepKind.Released ? "alarm.released" : "alarm.confirmed", model!.Subject,
                kind == AlarmStepKind.Released ? text : null);
            return new AlarmOutcome.Done();
        }, cancellationToken);
    }
}
