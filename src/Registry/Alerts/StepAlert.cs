using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>A step that somebody wants to take on an alert.</summary>
/// <param name="Alert">Which alert.</param>
/// <param name="Kind">Which step.</param>
/// <param name="Text">Why, in 1 to 4,000 characters; may be left out only to take it up.</param>
/// <param name="Until">The end of an acceptance or a mute, after now and within a year; null for other steps.</param>
/// <param name="Owner">The new owner of a plan, or who takes it up; null for no change.</param>
/// <param name="DueAt">The new due date of a plan, after now; null for no change.</param>
public sealed record NewAlertStep(
    AlertId Alert, AlertStepKind Kind, string? Text, DateTimeOffset? Until = null, UserId? Owner = null, DateTimeOffset? DueAt = null);

/// <summary>Takes up, explains, fixes, accepts, plans, mutes an alert, or says something about it.</summary>
public sealed class StepAlert(AppendGate gate)
{
    /// <summary>Takes the step, if the policy lets the person.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<AlertOutcome> RunAsync(Actor actor, NewAlertStep wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        UserId person = actor.User ?? throw new ArgumentException("A person takes a step.", nameof(actor));
        return gate.RunAsync<AlertOutcome>(actor, async change =>
        {
            AlertId id = wanted.Alert;
            AlertEntry? entry = (await AlertEntry.LoadAsync(change.Db, change.Db.Alerts.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();
            ModelVersion? version = entry is null ? null : await change.Db.Versions.FirstAsync(row => row.Id == entry.Alert.Version, cancellationToken);
            Model? model = version is null ? null : await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
            Standing? standing = version is null ? null : await Standing.LoadAsync(change.Db, actor, model, version.Stage, cancellationToken);
            if (version is null || standing!.Visibility != ModelVisibility.Full)
            {
                return new AlertOutcome.NotFound();
            }

            VersionPeople people = await VersionPeople.LoadAsync(change.Db, version, cancellationToken);
            Refusal? refusal = AlertPolicy.RefusalFor(wanted.Kind, entry!, people, standing, change.Now)
                ?? await RefusalOfWordsAsync(change, wanted, cancellationToken);
            if (refusal is not null)
            {
                return new AlertOutcome.Refused(refusal);
            }

            PersonalText? text = string.IsNullOrWhiteSpace(wanted.Text) ? null : PersonalText.Write(wanted.Text.Trim());
            AlertStep step = new(AlertStepId.New(), id, entry!.Steps.Count + 1, wanted.Kind, entry.LastTo, person, change.Now)
            {
                Text = text?.Digest, Until = Truncated(wanted.Until), DueAt = Truncated(wanted.DueAt),
                Owner = wanted.Kind == AlertStepKind.Acknowledge ? person : wanted.Owner,
            };
            change.Add(step, ActionOf(wanted.Kind), version.Subject, text);
            AlertEntry after = entry with { Steps = [.. entry.Steps, step] };
            if (!after.IsActiveAt(change.Now) && entry.IsActiveAt(change.Now) && after.MutedUntil(change.Now) is null)
            {
                await AlertOutbox.QueueAsync(change, after, AlertEvent.Resolved, model!, version, cancellationToken);
            }

            return new AlertOutcome.Recorded(after);
        }, cancellationToken);
    }

    private static async Task<Refusal?> RefusalOfWordsAsync(RegistryChange change, NewAlertStep wanted, CancellationToken cancellationToken)
    {
        bool ends = wanted.Kind is AlertStepKind.Accept or AlertStepKind.Mute;
        return (string.IsNullOrWhiteSpace(wanted.Text) && wanted.Kind != AlertStepKind.Acknowledge) || wanted.Text?.Trim().Length > PersonalText.MaxLength
                ? new Refusal("no-text", $"Say why, in 1 to {PersonalText.MaxLength} characters.")
            : ends && (wanted.Until is not DateTimeOffset until || until <= change.Now || until > change.Now.AddDays(AlertPolicy.MostDays))
                ? new Refusal("no-end", $"An acceptance or a mute has an end on a day to come, within {AlertPolicy.MostDays} days.")
            : !ends && wanted.Until is not null
                ? new Refusal("stray-end", "Only an acceptance or a mute has an end.")
            : wanted.Kind == AlertStepKind.Plan && wanted.Owner is null && wanted.DueAt is null
                ? new Refusal("no-plan", "A plan names another owner, another due date, or both.")
            : wanted.Kind != AlertStepKind.Plan && (wanted.Owner is not null || wanted.DueAt is not null)
                ? new Refusal("stray-plan", "Owner and due date change by a plan.")
            : wanted.DueAt <= change.Now
                ? new Refusal("late-date", "An alert is due on a day to come.")
            : wanted.Owner is UserId owner && !await change.Db.Users.AnyAsync(user => user.Id == owner.Value && !user.Deactivated, cancellationToken)
                ? new Refusal("no-owner", "The owner of an alert is a person with an account.")
            : null;
    }

    private static DateTimeOffset? Truncated(DateTimeOffset? at) => at is DateTimeOffset known ? Microseconds.Truncate(known) : null;

    private static string ActionOf(AlertStepKind kind) => kind switch
    {
        AlertStepKind.Comment => "alert.commented",
        AlertStepKind.Acknowledge => "alert.acknowledged",
        AlertStepKind.Explain => "alert.explained",
        AlertStepKind.Fix => "alert.fixed",
        AlertStepKind.Accept => "alert.accepted",
        AlertStepKind.Plan => "alert.planned",
        AlertStepKind.Mute => "alert.muted",
        AlertStepKind.Unmute => "alert.unmuted",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>What came of a step on an alert.</summary>
public abstract record AlertOutcome
{
    private AlertOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    /// <param name="Entry">The alert as it stands now.</param>
    public sealed record Recorded(AlertEntry Entry) : AlertOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : AlertOutcome;

    /// <summary>There is no such alert, or not for this person.</summary>
    public sealed record NotFound : AlertOutcome;
}
