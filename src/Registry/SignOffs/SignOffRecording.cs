using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>A sign-off as the rules judged it.</summary>
/// <param name="Version">The version; null where it does not exist for the person.</param>
/// <param name="Model">Its model; null likewise.</param>
/// <param name="State">The version as the rules saw it; null likewise.</param>
/// <param name="Wish">What is wanted; null likewise.</param>
/// <param name="Refusal">Why not; null where it may be recorded.</param>
internal sealed record JudgedSignOff(ModelVersion? Version, Model? Model, SignOffState? State, SignOffWish? Wish, Refusal? Refusal)
{
    /// <summary>The outcome where nothing is recorded; null where it may be.</summary>
    public SignOffOutcome? Closed => Version is null ? new SignOffOutcome.NoSuchVersion()
        : Refusal is not null ? new SignOffOutcome.Refused(Refusal)
        : null;
}

/// <summary>What reviews and decisions have in common: load, ask the policy, move the version.</summary>
internal static class SignOffRecording
{
    /// <summary>Judges a sign-off by everything but the dossier's lines.</summary>
    /// <param name="db">Where to read; the version is tracked by it.</param>
    /// <param name="actor">A person.</param>
    /// <param name="kind">Review or decision.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="root">The root of the dossier as it stands; null for a review.</param>
    /// <param name="inheritance">What a variant could inherit; null where nothing is to be inherited.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<JudgedSignOff> JudgeAsync(
        GovernanceDb db, Actor actor, SignOffKind kind, NewSignOff wanted, FactDigest? root, Inheritance? inheritance, CancellationToken cancellationToken)
    {
        ModelVersion? version = await db.Versions.FirstOrDefaultAsync(row => row.Id == wanted.Version, cancellationToken);
        Model? model = version is null ? null : await db.Models.FirstAsync(row => row.Id == version.Model, cancellationToken);
        Standing? standing = version is null ? null : await Standing.LoadAsync(db, actor, model, version.Stage, cancellationToken);
        if (version is null || standing!.Visibility != ModelVisibility.Full)
        {
            return new JudgedSignOff(null, null, null, null, null);
        }

        SignOffState state = await LoadStateAsync(db, model!, version, cancellationToken) with { Root = root, Inheritance = inheritance };
        SignOffWish wish = new(standing.Person!, standing.Relation, kind, wanted.Verdict, wanted.SeenVersion, wanted.SeenEvidence)
        {
            SeenRoot = wanted.SeenDossier,
        };
        return new JudgedSignOff(version, model, state, wish, SignOffPolicy.RefusalFor(state, wish) ?? RefusalOfWords(wanted));
    }

    /// <summary>Moves the version where the sign-off leads it, or marks it, so that two writers on other machines collide.</summary>
    public static async Task MoveAsync(RegistryChange change, JudgedSignOff judged, CancellationToken cancellationToken)
    {
        if (SignOffPolicy.StageAfter(judged.State!, judged.Wish!) is Stage target)
        {
            await StageMoves.ApplyAsync(
                change, judged.Version!, target, bySystem: false, judged.Wish!.Verdict.ToString(), null, cancellationToken);
        }
        else
        {
            judged.Version!.Touch();
        }
    }

    /// <summary>A version as the rules see it; without the root of its dossier.</summary>
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
            VersionPeople.Of(version, moves, signOffs), signOffs)
        {
            Terms = SignOffTerms.Of(await PackInForce.OfAsync(db, model, cancellationToken), model.Tier),
            Roots = await RootsAsync(db, id, cancellationToken),
        };
    }

    /// <summary>The roots that the decisions on a version covered.</summary>
    public static async Task<IReadOnlyDictionary<SignOffId, FactDigest>> RootsAsync(
        GovernanceDb db, ModelVersionId version, CancellationToken cancellationToken) =>
        await db.SealedDossiers.AsNoTracking().Where(row => row.Version == version)
            .ToDictionaryAsync(row => row.SignOff, row => row.Root, cancellationToken);

    private static Refusal? RefusalOfWords(NewSignOff wanted)
    {
        bool conditional = wanted.Verdict == Verdict.ApproveWithConditions;
        return string.IsNullOrWhiteSpace(wanted.Rationale)
            ? new Refusal("no-rationale", "Say why: the rationale is kept with the sign-off.")
            : conditional && string.IsNullOrWhiteSpace(wanted.Conditions) && wanted.ConditionList.Count == 0
            ? new Refusal("no-conditions", "Say under which conditions you approve.")
            : !conditional && (!string.IsNullOrWhiteSpace(wanted.Conditions) || wanted.ConditionList.Count > 0)
            ? new Refusal("stray-conditions", "Conditions belong to an approval with conditions. Choose that, or leave them out.")
            : wanted.Rationale.Trim().Length > PersonalText.MaxLength || wanted.Conditions?.Trim().Length > PersonalText.MaxLength
            ? new Refusal("too-long", $"Rationale and conditions have at most {PersonalText.MaxLength} characters each.")
            : wanted.Areas is { IsEmpty: true }
            ? new Refusal("no-area", "Say what you reviewed: technical, fairness or security matters, or all of them.")
            : null;
    }
}
