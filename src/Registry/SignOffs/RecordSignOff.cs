using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>What a person says, and what they saw when they said it.</summary>
/// <param name="Version">Which version.</param>
/// <param name="SeenVersion">The version's digest on the page that they saw.</param>
/// <param name="SeenEvidence">The evidence root on the page that they saw.</param>
/// <param name="Verdict">What they say.</param>
/// <param name="Rationale">Why, in 1 to 4,000 characters.</param>
/// <param name="Conditions">Under which conditions; given exactly with an approval with conditions.</param>
public sealed record NewSignOff(
    ModelVersionId Version, FactDigest SeenVersion, FactDigest SeenEvidence, Verdict Verdict, string? Rationale,
    string? Conditions = null);

/// <summary>Records a reviewer's review.</summary>
public sealed class RecordReview(AppendGate gate)
{
    /// <summary>Records it, if the policy lets the person.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<SignOffOutcome> RunAsync(Actor actor, NewSignOff signOff, CancellationToken cancellationToken) =>
        SignOffRecording.RunAsync(gate, actor, SignOffKind.Review, signOff, cancellationToken);
}

/// <summary>Records a compliance approver's decision.</summary>
public sealed class RecordDecision(AppendGate gate)
{
    /// <summary>Records it, if the policy lets the person.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<SignOffOutcome> RunAsync(Actor actor, NewSignOff signOff, CancellationToken cancellationToken) =>
        SignOffRecording.RunAsync(gate, actor, SignOffKind.Decision, signOff, cancellationToken);
}

/// <summary>What came of a sign-off.</summary>
public abstract record SignOffOutcome
{
    private SignOffOutcome()
    {
    }

    /// <summary>It is recorded.</summary>
    /// <param name="SignOff">The fact.</param>
    /// <param name="Stage">Where the version stands now.</param>
    public sealed record Recorded(SignOff SignOff, Stage Stage) : SignOffOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : SignOffOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : SignOffOutcome;
}

/// <summary>What reviews and decisions have in common: load, ask the policy, add sign-off, move and ledger, once.</summary>
internal static class SignOffRecording
{
    public static Task<SignOffOutcome> RunAsync(
        AppendGate gate, Actor actor, SignOffKind kind, NewSignOff wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        UserId person = actor.User ?? throw new ArgumentException("A person signs off.", nameof(actor));
        return gate.RunAsync<SignOffOutcome>(actor, async change =>
        {
            ModelVersion? version = await change.Db.Versions
                .FirstOrDefaultAsync(row => row.Id == wanted.Version, cancellationToken);
            if (version is null)
            {
                return new SignOffOutcome.NoSuchVersion();
            }

            Model model = await change.Db.Models.FirstAsync(row => row.Id == version.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, version.Stage, cancellationToken);
            if (standing.Visibility != ModelVisibility.Full)
            {
                return new SignOffOutcome.NoSuchVersion();
            }

            SignOffState state = await LoadStateAsync(change.Db, model, version, cancellationToken);
            SignOffWish wish = new(
                standing.Person!, standing.Relation, kind, wanted.Verdict, wanted.SeenVersion, wanted.SeenEvidence);
            if ((SignOffPolicy.RefusalFor(state, wish) ?? RefusalOfWords(wanted)) is Refusal refusal)
            {
                return new SignOffOutcome.Refused(refusal);
            }

            PersonalText rationale = PersonalText.Write(wanted.Rationale!.Trim());
            PersonalText? conditions = wanted.Verdict == Verdict.ApproveWithConditions
                ? PersonalText.Write(wanted.Conditions!.Trim())
                : null;
            SignOff signOff = new(
                SignOffId.New(), version.Id, version.Round, version.Digest, state.Evidence, person, kind, wanted.Verdict,
                rationale.Digest, conditions?.Digest, change.Now);
            change.Keep(conditions);
            change.Add(
                signOff, kind == SignOffKind.Review ? "sign-off.reviewed" : "sign-off.decided", version.Subject, rationale);
            if (SignOffPolicy.StageAfter(state, wish) is Stage target)
            {
                await StageMoves.ApplyAsync(
                    change, version, target, bySystem: false, wanted.Verdict.ToString(), null, cancellationToken);
            }
            else
            {
                version.Touch(); // so that two writers on other machines collide and the second judges again
            }

            return new SignOffOutcome.Recorded(signOff, version.Stage);
        }, cancellationToken);
    }

    public static async Task<SignOffState> LoadStateAsync(
        GovernanceDb db, Model model, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        SignOff[] signOffs = await db.SignOffs.AsNoTracking().Where(s => s.Version == id)
            .OrderBy(s => s.At).ThenBy(s => s.Id).ToArrayAsync(cancellationToken);
        StageMove[] moves = await db.StageMoves.AsNoTracking().Where(m => m.Version == id).ToArrayAsync(cancellationToken);
        return new SignOffState(
            version.Stage, version.Round, model.Tier, version.Digest,
            await SealEvidence.RootOfAsync(db, version, cancellationToken),
            await db.Evidence.Where(EvidenceRecord.Deciding).AnyAsync(e => e.Version == id, cancellationToken),
            VersionPeople.Of(version, moves, signOffs), signOffs);
    }

    private static Refusal? RefusalOfWords(NewSignOff wanted)
    {
        bool conditional = wanted.Verdict == Verdict.ApproveWithConditions;
        return string.IsNullOrWhiteSpace(wanted.Rationale)
            ? new Refusal("no-rationale", "Say why: the rationale is kept with the sign-off.")
            : conditional && string.IsNullOrWhiteSpace(wanted.Conditions)
            ? new Refusal("no-conditions", "Say under which conditions you approve.")
            : !conditional && !string.IsNullOrWhiteSpace(wanted.Conditions)
            ? new Refusal("stray-conditions", "Conditions belong to an approval with conditions. Choose that, or leave them out.")
            : wanted.Rationale.Trim().Length > PersonalText.MaxLength || wanted.Conditions?.Trim().Length > PersonalText.MaxLength
            ? new Refusal("too-long", $"Rationale and conditions have at most {PersonalText.MaxLength} characters each.")
            : null;
    }
}
