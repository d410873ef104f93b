using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.SignOffs;

public sealed class SignOffPolicyTests
{
    private static readonly UserId Author = UserId.New();
    private static readonly UserId Submitter = UserId.New();
    private static readonly UserId Reviewer = UserId.New();
    private static readonly UserId Approver = UserId.New();
    private static readonly FactDigest Version = FactDigest.Of("1"u8);
    private static readonly FactDigest Evidence = FactDigest.Of("2"u8);
    private static readonly FactDigest Old = FactDigest.Of("3"u8);

    [Fact]
    public void Refuses_the_author_in_words_whatever_their_role()
    {
        foreach (Role role in Enum.GetValues<Role>())
        {
            Assert.Equal(
                "You are the author of this version, so you cannot sign it off. Ask a compliance approver who did not build or review it.",
                Refusal(State(), Decide(Author, Verdict.Approve, role))!.Sentence);
            Assert.Equal("own-work", Refusal(State(), Review(Author, Verdict.Reviewed, role))!.Code);
        }
    }

    [Fact]
    public void Refuses_the_submitter_of_any_round()
    {
        Assert.Equal("own-submission", Refusal(State(), Decide(Submitter))!.Code);
        Assert.Equal("own-submission", Refusal(State(), Review(Submitter))!.Code);
    }

    [Fact]
    public void Refuses_every_role_but_the_right_one()
    {
        foreach (Role role in Enum.GetValues<Role>())
        {
            Assert.Equal(role == Role.Reviewer ? null : "no-right", Refusal(State(), Review(UserId.New(), Verdict.Reviewed, role))?.Code);
            Assert.Equal(role == Role.Approver ? null : "no-right", Refusal(Reviewed(), Decide(UserId.New(), Verdict.Approve, role))?.Code);
        }
    }

    [Fact]
    public void Refuses_the_right_role_without_a_grant() =>
        Assert.Equal("no-right", Refusal(Reviewed(), Decide(Approver) with { Relation = default })!.Code);

    [Fact]
    public void Refuses_every_stage_but_in_review()
    {
        foreach (Stage stage in Enum.GetValues<Stage>().Where(stage => stage != Stage.InReview))
        {
            Assert.Equal("wrong-stage", Refusal(Reviewed() with { Stage = stage }, Decide(Approver))!.Code);
            Assert.Equal("wrong-stage", Refusal(State() with { Stage = stage }, Review(Reviewer))!.Code);
        }
    }

    [Fact]
    public void Refuses_who_saw_another_version_or_other_evidence()
    {
        Assert.Equal("version-changed", Refusal(Reviewed(), Decide(Approver) with { SeenVersion = Old })!.Code);
        Assert.Equal("evidence-changed", Refusal(Reviewed(), Decide(Approver) with { SeenEvidence = Old })!.Code);
    }

    [Theory]
    [InlineData(SignOffKind.Review, Verdict.Approve)]
    [InlineData(SignOffKind.Review, Verdict.ApproveWithConditions)]
    [InlineData(SignOffKind.Review, Verdict.Reject)]
    [InlineData(SignOffKind.Decision, Verdict.Reviewed)]
    public void Refuses_a_verdict_of_the_other_kind(SignOffKind kind, Verdict verdict) =>
        Assert.Equal("wrong-verdict", Refusal(Reviewed(), kind == SignOffKind.Review
            ? Review(UserId.New(), verdict)
            : Decide(Approver, verdict))!.Code);

    [Fact]
    public void Refuses_the_reviewer_of_any_round_as_approver()
    {
        SignOffState state = With(Reviewed(), SignOff(Approver, SignOffKind.Review, Verdict.RequestChanges, round: 1)) with { Round = 2 };

        Assert.Equal("reviewed-it", Refusal(state, Decide(Approver))!.Code);
    }

    [Fact]
    public void Refuses_who_decided_in_any_round_as_reviewer()
    {
        SignOffState state = With(State(), SignOff(Reviewer, SignOffKind.Decision, Verdict.RequestChanges)) with { Round = 2 };

        Assert.Equal("decided-it", Refusal(state, Review(Reviewer))!.Code);
    }

    [Fact]
    public void Refuses_to_count_a_person_twice()
    {
        Assert.Equal("already-signed", Refusal(Reviewed(), Review(Reviewer))!.Code);
        SignOffState state = With(Reviewed(), SignOff(Approver, SignOffKind.Decision, Verdict.Approve)) with { Tier = RiskTier.High };
        Assert.Equal("already-signed", Refusal(state, Decide(Approver))!.Code);
        Assert.Contains("Another compliance approver", Refusal(state, Decide(Approver))!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_a_reviewer_review_again_when_the_evidence_changed() =>
        Assert.Null(Refusal(With(State(), SignOff(Reviewer, SignOffKind.Review, Verdict.Reviewed, seen: Old)), Review(Reviewer)));

    [Fact]
    public void Refuses_to_approve_without_evidence_or_without_a_current_review()
    {
        Assert.Equal("no-evidence", Refusal(Reviewed() with { HasEvidence = false }, Decide(Approver))!.Code);
        Assert.Equal("no-review", Refusal(State(), Decide(Approver))!.Code);
        Assert.Equal("no-review", Refusal(
            With(State(), SignOff(Reviewer, SignOffKind.Review, Verdict.Reviewed, seen: Old)), Decide(Approver))!.Code);
        Assert.Equal("no-review", Refusal(Reviewed() with { Round = 2 }, Decide(Approver))!.Code);
    }

    [Theory]
    [InlineData(Verdict.Reject, Stage.Rejected)]
    [InlineData(Verdict.RequestChanges, Stage.ChangesRequested)]
    public void Rejecting_and_asking_for_changes_need_no_review(Verdict verdict, Stage stage)
    {
        Assert.Null(Refusal(State() with { HasEvidence = false }, Decide(Approver, verdict)));
        Assert.Equal(stage, SignOffPolicy.StageAfter(State(), Decide(Approver, verdict)));
    }

    [Theory]
    [InlineData(RiskTier.Low, 1)]
    [InlineData(RiskTier.Medium, 1)]
    [InlineData(RiskTier.High, 2)]
    [InlineData(RiskTier.Critical, 2)]
    public void A_tier_asks_for_its_approvers(RiskTier tier, int needed)
    {
        Assert.Equal(needed, SignOffPolicy.ApproversNeeded(tier));
        Assert.Equal(needed == 1 ? Stage.Approved : null, SignOffPolicy.StageAfter(Reviewed() with { Tier = tier }, Decide(Approver)));
    }

    [Fact]
    public void An_approval_of_old_evidence_or_an_earlier_round_does_not_count()
    {
        SignOffState high = Reviewed() with { Tier = RiskTier.High };

        Assert.Null(SignOffPolicy.StageAfter(With(high, SignOff(Submitter, SignOffKind.Decision, Verdict.Approve, seen: Old)), Decide(Approver)));
        Assert.Null(SignOffPolicy.StageAfter(With(high, SignOff(Submitter, SignOffKind.Decision, Verdict.Approve, round: 2)), Decide(Approver)));
        Assert.Equal(Stage.Approved, SignOffPolicy.StageAfter(With(high, SignOff(Submitter, SignOffKind.Decision, Verdict.Approve)), Decide(Approver)));
    }

    [Fact]
    public void One_approval_with_conditions_makes_the_whole_conditional()
    {
        SignOffState state = With(Reviewed(), SignOff(Submitter, SignOffKind.Decision, Verdict.ApproveWithConditions)) with { Tier = RiskTier.High };

        Assert.Equal(Stage.ApprovedWithConditions, SignOffPolicy.StageAfter(state, Decide(Approver)));
    }

    [Fact]
    public void A_review_moves_nothing_unless_it_asks_for_changes()
    {
        Assert.Null(SignOffPolicy.StageAfter(State(), Review(Reviewer)));
        Assert.Equal(Stage.ChangesRequested, SignOffPolicy.StageAfter(State(), Review(Reviewer, Verdict.RequestChanges)));
    }

    private static Refusal? Refusal(SignOffState state, SignOffWish wish) => SignOffPolicy.RefusalFor(state, wish);

    private static SignOffState State() => new(
        Stage.InReview, 1, RiskTier.Medium, Version, Evidence, HasEvidence: true,
        new VersionPeople(Author, new HashSet<UserId> { Submitter }, new HashSet<UserId>(), new HashSet<UserId>()), []);

    private static SignOffState Reviewed() => With(State(), SignOff(Reviewer, SignOffKind.Review, Verdict.Reviewed));

    private static SignOffState With(SignOffState state, SignOff signOff)
    {
        SignOff[] all = [.. state.SignOffs, signOff];
        return state with
        {
            SignOffs = all,
            People = state.People with
            {
                Reviewers = all.Where(s => s.Kind == SignOffKind.Review).Select(s => s.Person).ToHashSet(),
                Deciders = all.Where(s => s.Kind == SignOffKind.Decision).Select(s => s.Person).ToHashSet(),
            },
        };
    }

    private static SignOff SignOff(UserId person, SignOffKind kind, Verdict verdict, int round = 1, FactDigest? seen = null) => new(
        SignOffId.New(), ModelVersionId.New(), round, Version, seen ?? Evidence, person, kind, verdict, Old,
        verdict == Verdict.ApproveWithConditions ? Old : null, DateTimeOffset.UnixEpoch);

    private static SignOffWish Review(UserId person, Verdict verdict = Verdict.Reviewed, Role role = Role.Reviewer) =>
        Wish(person, SignOffKind.Review, verdict, role);

    private static SignOffWish Decide(UserId person, Verdict verdict = Verdict.Approve, Role role = Role.Approver) =>
        Wish(person, SignOffKind.Decision, verdict, role);

    private static SignOffWish Wish(UserId person, SignOffKind kind, Verdict verdict, Role role) => new(
        new Person(person, "P", new HashSet<Role> { role }), new ModelRelation(Granted: true), kind, verdict, Version, Evidence);
}
