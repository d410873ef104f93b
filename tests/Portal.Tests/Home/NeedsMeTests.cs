using Governance.Portal.Features.Home;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Tests.Home;

public sealed class NeedsMeTests
{
    private static readonly UserId Author = UserId.New();
    private static readonly UserId Someone = UserId.New();
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_version_in_review_waits_for_reviewers_first_and_then_for_approvers()
    {
        VersionStanding fresh = Version() with { Stage = Stage.InReview };
        VersionStanding reviewed = fresh with { Reviewers = new HashSet<UserId> { Someone } };

        Assert.Equal([WorkKind.Review], Kinds(fresh, Role.Reviewer));
        Assert.Empty(Kinds(fresh, Role.Approver));
        Assert.Equal([WorkKind.Decide], Kinds(reviewed, Role.Approver));
    }

    [Fact]
    public void Nobody_is_asked_to_judge_their_own_work_or_twice()
    {
        VersionStanding version = Version() with { Stage = Stage.InReview, Reviewers = new HashSet<UserId> { Someone } };

        Assert.Empty(NeedsMe.Of([version], Person(Author, Role.Approver)));
        Assert.Empty(NeedsMe.Of([version], Person(Someone, Role.Reviewer)));
        Assert.Empty(NeedsMe.Of([version], Person(Someone, Role.Approver)));
        Assert.Empty(NeedsMe.Of([version with { Deciders = new HashSet<UserId> { Author } }], Person(Author, Role.Approver)));
    }

    [Fact]
    public void A_breached_gate_comes_before_a_decision_and_older_before_newer()
    {
        VersionStanding old = Version() with { Model = "old", Stage = Stage.InReview, Reviewers = new HashSet<UserId> { Someone } };
        VersionStanding late = old with { Model = "late", Since = Day.AddDays(1), Breaches = 2 };

        IReadOnlyList<WorkItem> work = NeedsMe.Of([late, old], Person(UserId.New(), Role.Approver));

        Assert.Equal(["late v1: 2 gates breached", "old v1 awaits your decision", "late v1 awaits your decision"], work.Select(item => item.What));
    }

    [Fact]
    public void A_draft_asks_its_author_for_an_audit_and_then_for_submission()
    {
        Person author = Person(Author, Role.Developer);

        Assert.Equal(WorkKind.Audit, Assert.Single(NeedsMe.Of([Version()], author)).Kind);
        Assert.Equal(WorkKind.Submit, Assert.Single(NeedsMe.Of([Version() with { Evidence = 1 }], author)).Kind);
        Assert.Empty(NeedsMe.Of([Version()], Person(Someone, Role.Developer)));
    }

    [Theory]
    [InlineData(0, "Nothing needs you now")]
    [InlineData(1, "One thing needs you")]
    [InlineData(10, "Ten things need you")]
    [InlineData(1_902, "1,902 things need you")]
    public void The_title_counts_in_words(int items, string title) => Assert.Equal(title, NeedsMe.Title(items));

    private static IEnumerable<WorkKind> Kinds(VersionStanding version, Role role) =>
        NeedsMe.Of([version], Person(UserId.New(), role)).Select(item => item.Kind);

    private static Person Person(UserId id, Role role) => new(id, "P", new HashSet<Role> { role });

    private static VersionStanding Version() => new()
    {
        Model = "m", Number = 1, Tier = RiskTier.Medium, Stage = Stage.Draft, Author = Author, ApprovalsNeeded = 1, Since = Day,
    };
}
