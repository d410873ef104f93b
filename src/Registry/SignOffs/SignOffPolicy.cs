using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>A version as the rules of signing off see it.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="Round">Its round of submission.</param>
/// <param name="Tier">The model's tier.</param>
/// <param name="Version">The version's digest.</param>
/// <param name="Evidence">The root of its evidence now.</param>
/// <param name="HasEvidence">Whether any evidence is sealed.</param>
/// <param name="People">Who had a hand in it.</param>
/// <param name="SignOffs">All of them, of every round.</param>
public sealed record SignOffState(
    Stage Stage, int Round, RiskTier Tier, FactDigest Version, FactDigest Evidence, bool HasEvidence, VersionPeople People,
    IReadOnlyList<SignOff> SignOffs)
{
    /// <summary>What the policy pack asks.</summary>
    public SignOffTerms Terms { get; init; } = new(1, SignOffPolicy.ApproversNeeded(Tier), TimeSpan.FromDays(365), TimeSpan.FromDays(365));

    /// <summary>The root of the dossier as it stands now; null where nobody looked.</summary>
    public FactDigest? Root { get; init; }

    /// <summary>What a variant could inherit, and on what; null where nobody looked, or it came from no other.</summary>
    public Inheritance? Inheritance { get; init; }

    /// <summary>The roots that decisions covered.</summary>
    public IReadOnlyDictionary<SignOffId, FactDigest> Roots { get; init; } = new Dictionary<SignOffId, FactDigest>();
}

/// <summary>A sign-off that someone wants to give.</summary>
/// <param name="Person">Who, with their roles.</param>
/// <param name="Relation">How they stand to the model.</param>
/// <param name="Verdict">What they say.</param>
/// <param name="SeenVersion">The version's digest on the page that they saw.</param>
/// <param name="SeenEvidence">The evidence root on the page that they saw.</param>
public sealed record SignOffWish(
    Person Person, ModelRelation Relation, SignOffKind Kind, Verdict Verdict, FactDigest SeenVersion, FactDigest SeenEvidence)
{
    /// <summary>The root of the dossier that they confirmed; null for a review.</summary>
    public FactDigest? SeenRoot { get; init; }
}

/// <summary>Who may review and decide, and what follows. Pure: it reads no clock, no user and no database.</summary>
/// <remarks>
/// Author and submitters, reviewers, and approvers of a version are different persons in every tier and over all its
/// rounds. Reviews count in their round and for the evidence that they saw, approvals for the whole dossier that they saw.
/// </remarks>
public static class SignOffPolicy
{
    /// <summary>How many different approvers a tier asks for.</summary>
    public static int ApproversNeeded(RiskTier tier) => tier >= RiskTier.High ? 2 : 1;

    /// <summary>How many approvals count now.</summary>
    public static int ApprovalsOf(SignOffState state) => Counting(state).Count(s => s.Verdict.IsApproval());

    /// <summary>Whether a sign-off still counts: of this round, and nothing that it saw has changed.</summary>
    public static bool Counts(SignOffState state, SignOff signOff)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(signOff);
        return signOff.Round == state.Round && signOff.SeenEvidence == state.Evidence
            && (state.Root is not FactDigest root || !state.Roots.TryGetValue(signOff.Id, out FactDigest seen) || seen == root);
    }

    /// <summary>The areas that no counting review has looked at, of those that the tier asks for: from High on all, below any one.</summary>
    public static IReadOnlyList<ReviewArea> AreasMissing(SignOffState state)
    {
        SignOff[] reviews = [.. Counting(state).Where(s => s.Verdict == Verdict.Reviewed)];
        return state.Tier < RiskTier.High ? []
            : [.. Enum.GetValues<ReviewArea>().Where(area => !reviews.Any(review => review.Areas?.Contains(area) ?? true))];
    }

    /// <summary>Why the person may not, or null when they may.</summary>
    public static Refusal? RefusalFor(SignOffState state, SignOffWish wish)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(wish);
        return RefusalOfPerson(state, wish) ?? RefusalOfState(state, wish) ?? RefusalOfHistory(state, wish);
    }

    /// <summary>Where the version goes once the wish is recorded; null where it stays in review.</summary>
    public static Stage? StageAfter(SignOffState state, SignOffWish wish)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(wish);
        switch (wish.Verdict)
        {
            case Verdict.Reviewed:
                return null;
            case Verdict.RequestChanges:
                return Stage.ChangesRequested;
            case Verdict.Reject:
                return Stage.Rejected;
            case Verdict.Inherit:
                return state.Inheritance?.Parent?.Stage; // what binds the parent binds the variant
            default:
                if (ApprovalsOf(state) + 1 < Math.Max(state.Terms.Approvers, ApproversNeeded(state.Tier)))
                {
                    return null;
                }

                return wish.Verdict == Verdict.ApproveWithConditions
                    || Counting(state).Any(s => s.Verdict == Verdict.ApproveWithConditions)
                        ? Stage.ApprovedWithConditions
                        : Stage.Approved;
        }
    }

    private static IEnumerable<SignOff> Counting(SignOffState state) =>
        state.SignOffs.Where(s => Counts(state, s));

    private static Refusal? RefusalOfPerson(SignOffState state, SignOffWish wish)
    {
        UserId person = wish.Person.Id;
        string other = wish.Kind == SignOffKind.Review ? "a reviewer" : "a compliance approver";
        if (state.People.Author == person)
        {
            return new Refusal("own-work", wish.Kind == SignOffKind.Review
                ? "You are the author of this version, so you cannot review it. Ask a reviewer who did not build it."
                : "You are the author of this version, so you cannot sign it off. Ask a compliance approver who did not build or review it.");
        }

        if (state.People.Submitters.Contains(person))
        {
            return new Refusal(
                "own-submission", $"You submitted this version, so you cannot sign it off. Ask {other} who had no hand in it.");
        }

        Right right = wish.Kind == SignOffKind.Review ? Right.Review : Right.Approve;
        return AccessPolicy.Decide(wish.Person.Roles, right, wish.Relation).Allowed ? null : RightsRefusals.For(right);
    }

    private static Refusal? RefusalOfState(SignOffState state, SignOffWish wish) =>
        state.Stage != Stage.InReview
            ? new Refusal("wrong-stage", $"This version is {state.Stage.InWords()}, not in review, so there is nothing to sign off now.")
        : wish.SeenVersion != state.Version
            ? new Refusal("version-changed", "The version is not the one that you saw. Open it again and look before you sign.")
        : wish.SeenEvidence != state.Evidence
            ? new Refusal("evidence-changed", "The evidence changed since you opened the page. Look at it again before you sign.")
        : wish.Kind == SignOffKind.Decision && state.Root is FactDigest root && wish.SeenRoot != root
            ? new Refusal("dossier-changed", "Something that the decision covers changed since you confirmed it: a statement, a case, a finding, data or the policy. Look at it again, and confirm anew.")
        : !wish.Verdict.Fits(wish.Kind)
            ? new Refusal("wrong-verdict", wish.Kind == SignOffKind.Review
                ? "A review is recorded or asks for changes; approving is the compliance approver's part."
                : "A decision approves, approves with conditions, requests changes or rejects.")
        : null;

    private static Refusal? RefusalOfHistory(SignOffState state, SignOffWish wish)
    {
        UserId person = wish.Person.Id;
        if (wish.Kind == SignOffKind.Review && state.People.Deciders.Contains(person))
        {
            return new Refusal("decided-it", "You decided on this version before, so you cannot review it. Ask another reviewer.");
        }

        if (wish.Kind == SignOffKind.Decision && state.People.Reviewers.Contains(person))
        {
            return new Refusal("reviewed-it", "You reviewed this version, so you cannot decide on it. Ask a compliance approver who did not review it.");
        }

        if (Counting(state).Any(s => s.Person == person && s.Kind == wish.Kind))
        {
            return new Refusal("already-signed", wish.Kind == SignOffKind.Decision
                ? $"You signed already. {Missing(state)}"
                : "You reviewed this version already, with this evidence. One review by a person counts.");
        }

        if (!wish.Verdict.IsApproval())
        {
            return null;
        }

        // What people looked at and signed is the parent; the battery says that this is the same model in another form.
        if (wish.Verdict == Verdict.Inherit)
        {
            return InheritancePolicy.RefusalFor(state.Inheritance);
        }

        return !state.HasEvidence
            ? new Refusal("no-evidence", "No audit of this version is sealed yet, so there is nothing to approve on. Run one first.")
            : Reviewers(state) == 0
            ? new Refusal("no-review", "Nobody has reviewed this version with its present evidence. It needs a review before an approval.")
            : Reviewers(state) < state.Terms.Reviewers
            ? new Refusal("few-reviews", $"The policy asks for {state.Terms.Reviewers} reviewers, and {Reviewers(state)} looked at the present evidence.")
            : AreasMissing(state) is { Count: > 0 } missing
            ? new Refusal("area-missing", $"At this tier {InWords(missing)} matters are reviewed before an approval, and nobody has with the present evidence.")
            : null;
    }

    private static int Reviewers(SignOffState state) =>
        Counting(state).Where(s => s.Kind == SignOffKind.Review && s.Verdict == Verdict.Reviewed).Select(s => s.Person).Distinct().Count();

    private static string InWords(IReadOnlyList<ReviewArea> areas) =>
        string.Join(" and ", areas.Select(area => area.ToString().ToLowerInvariant()));

    private static string Missing(SignOffState state) => Math.Max(state.Terms.Approvers, ApproversNeeded(state.Tier)) - ApprovalsOf(state) > 0
        ? "Another compliance approver has to sign before it counts."
        : "Nothing more is needed from you.";
}
