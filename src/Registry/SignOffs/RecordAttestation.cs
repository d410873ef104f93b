using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Seals what a person states on a line of the checklist.</summary>
/// <remarks>
/// Developers state while they build; submitting freezes that. Reviewers and approvers state while the version is in review.
/// What is approved is stated no more: a new round begins with a new submission.
/// </remarks>
public sealed class RecordAttestation(AppendGate gate)
{
    /// <summary>Seals it, if the stage and the person's role let them.</summary>
    /// <param name="actor">A person.</param>
    /// <param name="version">On which version.</param>
    /// <param name="line">The line's id.</param>
    /// <param name="text">What they state, in 1 to 4,000 characters.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system, or the line is no line.</exception>
    public Task<StatementOutcome> RunAsync(
        Actor actor, ModelVersionId version, string line, string? text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person attests.", nameof(actor));
        PersonalText? words = string.IsNullOrWhiteSpace(text) || text.Trim().Length > PersonalText.MaxLength ? null : PersonalText.Write(text.Trim());
        return gate.RunAsync<StatementOutcome>(actor, async change =>
        {
            ModelVersion? row = await change.Db.Versions.FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
            Model? model = row is null ? null : await change.Db.Models.FirstAsync(each => each.Id == row.Model, cancellationToken);
            Standing? standing = row is null ? null : await Standing.LoadAsync(change.Db, actor, model, row.Stage, cancellationToken);
            if (row is null || standing!.Visibility != ModelVisibility.Full)
            {
                return new StatementOutcome.NoSuchVersion();
            }

            Refusal? refusal = StatementPolicy.RefusalForAttestation(row.Stage, standing)
                ?? (words is null ? new Refusal("no-text", $"Write what you state, in 1 to {PersonalText.MaxLength} characters.") : null);
            if (refusal is not null)
            {
                return new StatementOutcome.Refused(refusal);
            }

            change.Add(new Attestation(AttestationId.New(), version, row.Round, line, words!.Digest, person, change.Now), "attestation.made", row.Subject, words);
            row.Touch(); // so that a decision on another machine collides and judges again
            return new StatementOutcome.Recorded();
        }, cancellationToken);
    }
}

/// <summary>What came of a statement on a version: an attestation, or an answer on a case.</summary>
public abstract record StatementOutcome
{
    private StatementOutcome()
    {
    }

    /// <summary>It is sealed.</summary>
    public sealed record Recorded : StatementOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : StatementOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : StatementOutcome;
}

/// <summary>Who may state something on a version, and when. Pure.</summary>
public static class StatementPolicy
{
    /// <summary>Why someone may not attest now, or null where they may.</summary>
    public static Refusal? RefusalForAttestation(Stage stage, Standing standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        bool builds = standing.RefusalFor(Right.Register) is null;
        bool judges = standing.RefusalFor(Right.Review) is null || standing.RefusalFor(Right.Approve) is null;
        return !builds && !judges ? new Refusal("no-right", "Developers, reviewers and approvers of a model attest on it.")
            : stage == Stage.InReview
                ? (judges ? null : new Refusal("frozen", "The version is in review, so what its developers stated is frozen. Withdraw it to change that: reviews then begin anew."))
            : stage is Stage.Draft or Stage.ChangesRequested or Stage.Suspended or Stage.Expired or Stage.Voided
                ? (builds ? null : new Refusal("wrong-stage", $"This version is {stage.InWords()}: until it is submitted, its developers attest."))
            : new Refusal("frozen", $"This version is {stage.InWords()}, so what was stated on it stands.");
    }

    /// <summary>Why someone may not review cases now, or null where they may.</summary>
    /// <param name="version">The version.</param>
    /// <param name="people">Who had a hand in it.</param>
    /// <param name="standing">How they stand to it.</param>
    public static Refusal? RefusalForCase(ModelVersion version, VersionPeople people, Standing standing)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(standing);
        return standing.RefusalFor(Right.Review)
            ?? (standing.Person is Person person && (people.Author == person.Id || people.Submitters.Contains(person.Id))
                ? new Refusal("own-work", "You had a hand in this version, so you do not review its cases.")
            : standing.Person is Person decider && people.Deciders.Contains(decider.Id)
                ? new Refusal("decided-it", "You decided on this version before, so you do not review its cases.")
            : version.Stage != Stage.InReview
                ? new Refusal("wrong-stage", $"This version is {version.Stage.InWords()}, not in review, so no case is reviewed now.")
            : null);
    }
}
