using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Register;

/// <summary>A step that somebody wants to take on a finding.</summary>
/// <param name="Finding">Which finding.</param>
/// <param name="Kind">Which step.</param>
/// <param name="Text">Why, or what is said, in 1 to 4,000 characters.</param>
/// <param name="Until">The end of an acceptance, after now; null for other steps.</param>
/// <param name="Owner">The new owner of a plan; null for no change.</param>
/// <param name="DueAt">The new due date of a plan, after now; null for no change.</param>
public sealed record NewStep(
    RegisterFindingId Finding, RegisterStepKind Kind, string? Text, DateTimeOffset? Until = null, UserId? Owner = null, DateTimeOffset? DueAt = null);

/// <summary>Comments on a finding, closes, accepts, opens it again or plans it.</summary>
/// <remarks>Opening again what an approval saw closed or accepted voids the approval.</remarks>
public sealed class StepFinding(AppendGate gate)
{
    /// <summary>The cause of the move when a finding is opened again after the decision.</summary>
    public const string VoidCause = "A finding that was closed or accepted at the decision was opened again.";

    /// <summary>Takes the step, if the policy lets the person.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<RegisterOutcome> RunAsync(Actor actor, NewStep wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        UserId person = actor.User ?? throw new ArgumentException("A person takes a step.", nameof(actor));
        return gate.RunAsync<RegisterOutcome>(actor, async change =>
        {
            RegisterFindingId id = wanted.Finding;
            RegisterEntry? entry = (await RegisterEntry.LoadAsync(change.Db, change.Db.RegisterFindings.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();
            ModelVersion? version = entry is null ? null : await change.Db.Versions.FirstAsync(row => row.Id == entry.Finding.Version, cancellationToken);
            Model? model = version is null ? null : await change.Db.Models.FirstAsync(row => row.Id == version.Model, cancellationToken);
            Standing? standing = version is null ? null : await Standing.LoadAsync(change.Db, actor, model, version.Stage, cancellationToken);
            if (version is null || standing!.Visibility != ModelVisibility.Full)
            {
                return new RegisterOutcome.NotFound();
            }

            VersionPeople people = await VersionPeople.LoadAsync(change.Db, version, cancellationToken);
            Refusal? refusal = RegisterPolicy.RefusalFor(wanted.Kind, entry!, people, standing, change.Now)
                ?? await RefusalOfWordsAsync(change, wanted, cancellationToken);
            if (refusal is not null)
            {
                return new RegisterOutcome.Refused(refusal);
            }

            PersonalText text = PersonalText.Write(wanted.Text!.Trim());
            RegisterStep step = new(
                RegisterStepId.New(), id, entry!.Steps.Count + 1, wanted.Kind, text.Digest, Truncated(wanted.Until), wanted.Owner,
                Truncated(wanted.DueAt), null, person, change.Now);
            change.Add(step, ActionOf(wanted.Kind), version.Subject, text);
            if (version.Stage.IsApproved() && wanted.Kind == RegisterStepKind.Reopen && await WasSettledAsync(change, entry, cancellationToken))
            {
                await StageMoves.ApplyAsync(change, version, Stage.Voided, bySystem: true, VoidCause, null, cancellationToken);
            }
            else if (wanted.Kind != RegisterStepKind.Comment)
            {
                version.Touch();
            }

            return new RegisterOutcome.Recorded(entry with { Steps = [.. entry.Steps, step] });
        }, cancellationToken);
    }

    private static async Task<Refusal?> RefusalOfWordsAsync(RegistryChange change, NewStep wanted, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(wanted.Text) || wanted.Text.Trim().Length > PersonalText.MaxLength
            ? new Refusal("no-text", $"Say why, in 1 to {PersonalText.MaxLength} characters.")
        : wanted.Kind == RegisterStepKind.Accept && (wanted.Until is null || wanted.Until <= change.Now)
            ? new Refusal("no-end", "An acceptance has an end on a day to come: then the finding is open again.")
        : wanted.Kind != RegisterStepKind.Accept && wanted.Until is not null
            ? new Refusal("stray-end", "Only an acceptance has an end.")
        : wanted.Kind == RegisterStepKind.Plan && wanted.Owner is null && wanted.DueAt is null
            ? new Refusal("no-plan", "A plan names another owner, another due date, or both.")
        : wanted.Kind != RegisterStepKind.Plan && (wanted.Owner is not null || wanted.DueAt is not null)
            ? new Refusal("stray-plan", "Owner and due date change by a plan.")
        : wanted.DueAt <= change.Now
            ? new Refusal("late-date", "A finding is due on a day to come.")
        : wanted.Owner is UserId owner && !await change.Db.Users.AnyAsync(user => user.Id == owner.Value && !user.Deactivated, cancellationToken)
            ? new Refusal("no-owner", "The owner of a finding is a person with an account.")
        : null;

    // A condition that was met and then was not is no news to the decision that set it.
    private static async Task<bool> WasSettledAsync(RegistryChange change, RegisterEntry entry, CancellationToken cancellationToken)
    {
        ModelVersionId version = entry.Finding.Version;
        StageMove? approval = await change.Db.StageMoves.AsNoTracking().Where(row => row.Version == version).OrderByDescending(row => row.Number)
            .FirstOrDefaultAsync(cancellationToken);
        return (entry with { Steps = [.. entry.Steps.Where(step => step.At < approval?.At || step.SignOff is not null)] }).Standing != nameof(FindingStatus.Open);
    }

    private static DateTimeOffset? Truncated(DateTimeOffset? at) => at is DateTimeOffset known ? Microseconds.Truncate(known) : null;

    private static string ActionOf(RegisterStepKind kind) => kind switch
    {
        RegisterStepKind.Comment => "finding.commented",
        RegisterStepKind.Close => "finding.closed",
        RegisterStepKind.Accept => "finding.accepted",
        RegisterStepKind.Reopen => "finding.reopened",
        RegisterStepKind.Plan => "finding.planned",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
