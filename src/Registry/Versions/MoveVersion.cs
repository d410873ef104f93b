using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Register;
using Governance.Registry.SignOffs;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Versions;

/// <summary>Submits, withdraws, suspends or retires a version.</summary>
/// <remarks>Submitting freezes the version and puts what breaches its limit into the register of findings.</remarks>
public sealed class MoveVersion(AppendGate gate, DossierQueries dossiers)
{
    /// <summary>Moves it, if the policy lets the person.</summary>
    /// <param name="actor">A person; the system asks for nothing here.</param>
    /// <param name="version">Which version.</param>
    /// <param name="request">What they ask.</param>
    /// <param name="reason">In their words; null or blank for none. Suspending and retiring need one.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<MoveOutcome> RunAsync(
        Actor actor, ModelVersionId version, StageRequest request, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.User is null)
        {
            throw new ArgumentException("A person moves a version.", nameof(actor));
        }

        PersonalText? text = string.IsNullOrWhiteSpace(reason) ? null : PersonalText.Write(reason.Trim());
        return gate.RunAsync<MoveOutcome>(actor, async change =>
        {
            ModelVersion? row = await change.Db.Versions.FirstOrDefaultAsync(v => v.Id == version, cancellationToken);
            if (row is null)
            {
                return new MoveOutcome.NoSuchVersion();
            }

            Model model = await change.Db.Models.FirstAsync(m => m.Id == row.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, row.Stage, cancellationToken);
            if (standing.Visibility != ModelVisibility.Full)
            {
                return new MoveOutcome.NoSuchVersion();
            }

            VersionPeople people = await VersionPeople.LoadAsync(change.Db, row, cancellationToken);
            Refusal? refusal = StagePolicy.RefusalFor(request, row.Stage, people, standing.Person!, standing.Relation);
            if (refusal is null && text is null && request is StageRequest.Suspend or StageRequest.Retire)
            {
                refusal = new Refusal("no-reason", "Say why, in a sentence or two: it is kept with the move.");
            }

            if (refusal is not null)
            {
                return new MoveOutcome.Refused(refusal);
            }

            Stage target = StagePolicy.TargetOf(request, row.Stage)!.Value;
            try
            {
                SignOffDossier? submitted = request == StageRequest.Submit ? await dossiers.LoadAsync(change.Db, row, cancellationToken) : null;
                StageMove move = await StageMoves.ApplyAsync(change, row, target, bySystem: false, request.ToString(), text, cancellationToken);
                if (submitted is not null)
                {
                    await BreachedGates.RaiseAsync(change, model, row, submitted, cancellationToken);
                }

                return new MoveOutcome.Moved(row, move);
            }
            catch (ArtifactDamagedException fault)
            {
                return new MoveOutcome.Refused(new Refusal("damaged", $"A file of this version is not what was stored, so it cannot be submitted. {fault.Message}"));
            }
        }, cancellationToken);
    }
}

/// <summary>Submits a version: <see cref="MoveVersion"/> with its most frequent request.</summary>
public sealed class SubmitVersion(MoveVersion move)
{
    /// <summary>Puts it into review, which freezes it for its authors.</summary>
    /// <param name="actor">A developer of the model.</param>
    /// <param name="version">Which version.</param>
    /// <param name="note">What reviewers should know; null or blank for nothing.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<MoveOutcome> RunAsync(
        Actor actor, ModelVersionId version, string? note, CancellationToken cancellationToken) =>
        move.RunAsync(actor, version, StageRequest.Submit, note, cancellationToken);
}

/// <summary>What came of a request to move.</summary>
public abstract record MoveOutcome
{
    private MoveOutcome()
    {
    }

    /// <summary>It stands where it was asked to.</summary>
    public sealed record Moved(ModelVersion Version, StageMove Move) : MoveOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : MoveOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : MoveOutcome;
}
