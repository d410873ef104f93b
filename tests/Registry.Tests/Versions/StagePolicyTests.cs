using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Versions;

public sealed class StagePolicyTests
{
    private static readonly UserId Author = UserId.New();
    private static readonly UserId Submitter = UserId.New();
    private static readonly UserId Reviewer = UserId.New();
    private static readonly UserId Decider = UserId.New();
    private static readonly VersionPeople People = new(
        Author, new HashSet<UserId> { Submitter }, new HashSet<UserId> { Reviewer }, new HashSet<UserId> { Decider });

    // Every move there is; what is not listed leads nowhere.
    private static readonly Dictionary<(StageRequest, Stage), (Stage To, Role[] By)> Moves = new()
    {
        [(StageRequest.Submit, Stage.Draft)] = (Stage.InReview, [Role.Developer]),
        [(StageRequest.Submit, Stage.ChangesRequested)] = (Stage.InReview, [Role.Developer]),
        [(StageRequest.Submit, Stage.Suspended)] = (Stage.InReview, [Role.Developer]),
        [(StageRequest.Submit, Stage.Expired)] = (Stage.InReview, [Role.Developer]),
        [(StageRequest.Submit, Stage.Voided)] = (Stage.InReview, [Role.Developer]),
        [(StageRequest.Withdraw, Stage.InReview)] = (Stage.Draft, [Role.Developer]),
        [(StageRequest.Suspend, Stage.Approved)] = (Stage.Suspended, [Role.Approver, Role.Operator]),
        [(StageRequest.Suspend, Stage.ApprovedWithConditions)] = (Stage.Suspended, [Role.Approver, Role.Operator]),
        [(StageRequest.Retire, Stage.Draft)] = (Stage.Retired, [Role.Developer]),
        [(StageRequest.Retire, Stage.ChangesRequested)] = (Stage.Retired, [Role.Developer]),
        [(StageRequest.Retire, Stage.Rejected)] = (Stage.Retired, [Role.Developer]),
        [(StageRequest.Retire, Stage.Approved)] = (Stage.Retired, [Role.Operator]),
        [(StageRequest.Retire, Stage.ApprovedWithConditions)] = (Stage.Retired, [Role.Operator]),
        [(StageRequest.Retire, Stage.Suspended)] = (Stage.Retired, [Role.Operator]),
        [(StageRequest.Retire, Stage.Expired)] = (Stage.Retired, [Role.Operator]),
        [(StageRequest.Retire, Stage.Voided)] = (Stage.Retired, [Role.Operator]),
    };

    [Fact]
    public void Every_request_from_every_stage_by_every_role_is_as_listed()
    {
        foreach (StageRequest request in Enum.GetValues<StageRequest>())
        {
            foreach (Stage stage in Enum.GetValues<Stage>())
            {
                bool leads = Moves.TryGetValue((request, stage), out (Stage To, Role[] By) move);
                Assert.Equal(leads ? move.To : null, StagePolicy.TargetOf(request, stage));
                foreach (Role role in Enum.GetValues<Role>())
                {
                    Refusal? refusal = StagePolicy.RefusalFor(request, stage, People, Person(Author, role), new ModelRelation(true));
                    Assert.True((leads && move.By.Contains(role)) == (refusal is null), $"{request} {stage} {role}");
                }
            }
        }
    }

    [Fact]
    public void Without_a_grant_nothing_moves()
    {
        foreach ((StageRequest request, Stage stage) in Moves.Keys)
        {
            Person all = new(Author, "P", Enum.GetValues<Role>().ToHashSet());
            Assert.Equal("no-right", StagePolicy.RefusalFor(request, stage, People, all, default)!.Code);
        }
    }

    [Fact]
    public void Refuses_a_wrong_stage_in_words() => Assert.Equal(
        "This version is approved, so it cannot be submitted.",
        StagePolicy.RefusalFor(StageRequest.Submit, Stage.Approved, People, Person(Author), new ModelRelation(true))!.Sentence);

    [Fact]
    public void Refuses_who_reviewed_or_decided_as_submitter()
    {
        Assert.Equal("signed-it", StagePolicy.RefusalFor(StageRequest.Submit, Stage.Draft, People, Person(Reviewer), new ModelRelation(true))!.Code);
        Assert.Equal("signed-it", StagePolicy.RefusalFor(StageRequest.Submit, Stage.Draft, People, Person(Decider), new ModelRelation(true))!.Code);
    }

    [Fact]
    public void Only_author_and_submitters_withdraw()
    {
        Assert.Null(StagePolicy.RefusalFor(StageRequest.Withdraw, Stage.InReview, People, Person(Submitter), new ModelRelation(true)));
        Assert.Equal("not-submitter", StagePolicy.RefusalFor(StageRequest.Withdraw, Stage.InReview, People, Person(UserId.New()), new ModelRelation(true))!.Code);
    }

    private static Person Person(UserId id, Role role = Role.Developer) => new(id, "P", new HashSet<Role> { role });
}
