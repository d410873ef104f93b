using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.SignOffs;

public sealed class SignOffJourneyTests
{
    [DatabaseFact]
    public async Task Three_people_take_a_version_to_approved()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();

        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        SignOffOutcome decision = await given.DecideAsync(given.Approver, version);

        Assert.Equal(Stage.Approved, Assert.IsType<SignOffOutcome.Recorded>(decision).Stage);
        Assert.Equal(Stage.Approved, await given.StageOfAsync(version));
    }

    [DatabaseFact]
    public async Task A_high_tier_needs_a_second_approver()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync(RiskTier.High);
        await given.ReviewAsync(given.Reviewer, version);

        SignOffOutcome first = await given.DecideAsync(given.Approver, version);
        SignOffOutcome again = await given.DecideAsync(given.Approver, version);
        SignOffOutcome second = await given.DecideAsync(given.SecondApprover, version, Verdict.ApproveWithConditions);

        Assert.Equal(Stage.InReview, Assert.IsType<SignOffOutcome.Recorded>(first).Stage);
        Assert.Equal("already-signed", Assert.IsType<SignOffOutcome.Refused>(again).Reason.Code);
        Assert.Equal(Stage.ApprovedWithConditions, Assert.IsType<SignOffOutcome.Recorded>(second).Stage);
    }

    [DatabaseFact]
    public async Task Two_approvers_at_once_give_one_approval()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        await given.ReviewAsync(given.Reviewer, version);

        SignOffOutcome[] both = await Task.WhenAll(
            Task.Run(() => given.DecideAsync(given.Approver, version)),
            Task.Run(() => given.DecideAsync(given.SecondApprover, version)));

        Assert.Single(both.OfType<SignOffOutcome.Recorded>());
        Assert.Equal("wrong-stage", Assert.Single(both.OfType<SignOffOutcome.Refused>()).Reason.Code);
    }

    [DatabaseFact]
    public async Task New_evidence_voids_an_approval_and_the_same_evidence_again_does_not()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        await given.ReviewAsync(given.Reviewer, version);
        await given.DecideAsync(given.Approver, version);

        await given.EvidenceAsync(version);
        Assert.Equal(Stage.Approved, await given.StageOfAsync(version));

        await given.EvidenceAsync(version, finding: "0.7");
        Assert.Equal(Stage.Voided, await given.StageOfAsync(version));
    }

    [DatabaseFact]
    public async Task A_version_outside_a_grant_does_not_exist()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();

        Assert.IsType<SignOffOutcome.NoSuchVersion>(await given.ReviewAsync(given.Stranger, version));
        Assert.IsType<SignOffOutcome.NoSuchVersion>(await given.DecideAsync(given.Administrator, version));
        Assert.IsType<MoveOutcome.NoSuchVersion>(await given.MoveAsync(given.Stranger, version, StageRequest.Withdraw));
    }

    [DatabaseFact]
    public async Task Changes_and_a_second_round_need_a_new_review()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        await given.ReviewAsync(given.Reviewer, version, Verdict.RequestChanges);
        Assert.Equal(Stage.ChangesRequested, await given.StageOfAsync(version));

        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.OtherDeveloper, version, StageRequest.Submit));
        SignOffOutcome early = await given.DecideAsync(given.Approver, version);

        Assert.Equal("no-review", Assert.IsType<SignOffOutcome.Refused>(early).Reason.Code);
    }
}
