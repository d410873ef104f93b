using Governance.Registry.Access;
using Governance.Registry.BreakGlass;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.BreakGlass;

public sealed class BreakGlassTests
{
    [DatabaseFact]
    public async Task A_second_person_opens_it_for_an_hour_and_every_action_is_flagged()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await ApprovedAsync(given);
        Assert.Equal(ModelVisibility.None, (await DecideAsync(given, given.Stranger, Right.Suspend)).Visibility);
        BreakGlassId id = await AskAsync(given, given.Stranger, Right.Suspend);
        Assert.Equal("own-request", await RefusalAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Stranger), id, default)));
        Assert.Equal("no-right", await RefusalAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Reviewer), id, default)));

        await RecordedAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Approver), id, default));

        AccessAnswer answer = await DecideAsync(given, given.Stranger, Right.Suspend);
        Assert.Equal((Allowance.BreakGlass, id), (answer.Decision.Cell, answer.BreakGlass!.Value));
        Assert.False((await DecideAsync(given, given.Stranger, Right.Approve)).Decision.Allowed);
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Stranger, version, StageRequest.Suspend));
        await using Governance.Registry.Storage.GovernanceDb db = given.Db();
        LedgerEntry suspended = await db.Ledger.SingleAsync(entry => entry.Action == "version.suspended");
        Assert.StartsWith($"break-glass:{id}", suspended.Read().Session);

        given.Clock.Now += BreakGlassRequest.Holds;
        Assert.Null((await DecideAsync(given, given.Stranger, Right.Suspend)).Model);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task After_the_waiting_time_the_asker_opens_it_alone()
    {
        await using Given given = await Given.RegistryAsync();
        await given.InReviewAsync();
        BreakGlassId id = await AskAsync(given, given.Stranger, Right.Operate);
        given.Clock.Now += TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1);
        Assert.Equal("own-request", await RefusalAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Stranger), id, default)));

        given.Clock.Now += TimeSpan.FromSeconds(1);
        await RecordedAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Stranger), id, default));

        Assert.True((await DecideAsync(given, given.Stranger, Right.Operate)).Decision.Allowed);
        BreakGlassId forgotten = await AskAsync(given, given.Stranger, Right.Operate);
        given.Clock.Now += TimeSpan.FromHours(28);
        Assert.Equal("wrong-state", await RefusalAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Stranger), forgotten, default)));
    }

    [DatabaseFact]
    public async Task A_review_within_two_days_closes_it_and_is_overdue_after()
    {
        await using Given given = await Given.RegistryAsync();
        await given.InReviewAsync();
        BreakGlassId id = await AskAsync(given, given.Stranger, Right.Operate);
        DecideBreakGlass decide = given.Get<DecideBreakGlass>();
        await RecordedAsync(decide.OpenAsync(Actor.Person(given.Administrator), id, default));
        Assert.Equal("wrong-state", await RefusalAsync(decide.ReviewAsync(Actor.Person(given.Auditor), id, "Fine.", default)));

        given.Clock.Now += BreakGlassRequest.Holds;
        Assert.Equal(BreakGlassState.AwaitsReview, await StateAsync(given, given.Developer));
        given.Clock.Now += BreakGlassRequest.ReviewWithin;
        Assert.Equal(BreakGlassState.Overdue, await StateAsync(given, given.Auditor));
        Assert.Equal("own-request", await RefusalAsync(decide.ReviewAsync(Actor.Person(given.Stranger), id, "Fine.", default)));
        Assert.Equal("own-request", await RefusalAsync(decide.ReviewAsync(Actor.Person(given.Administrator), id, "Fine.", default)));
        Assert.Equal("no-right", await RefusalAsync(decide.ReviewAsync(Actor.Person(given.Reviewer), id, "Fine.", default)));
        Assert.Equal("no-reason", await RefusalAsync(decide.ReviewAsync(Actor.Person(given.Auditor), id, " ", default)));
        await RecordedAsync(decide.ReviewAsync(Actor.Person(given.Auditor), id, "Nothing but the suspension.", default));

        BreakGlassView view = Assert.Single(await given.Get<BreakGlassQueries>().VisibleToAsync(given.Developer, default));
        Assert.Equal((BreakGlassState.Closed, "Nothing but the suspension."), (view.State, view.Finding));
        Assert.Empty(await given.Get<BreakGlassQueries>().VisibleToAsync(given.Reviewer, default));
    }

    [DatabaseFact]
    public async Task Stopped_it_gives_nothing_from_that_moment()
    {
        await using Given given = await Given.RegistryAsync();
        await given.InReviewAsync();
        BreakGlassId id = await AskAsync(given, given.Stranger, Right.Operate);
        await RecordedAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Approver), id, default));
        given.Clock.Now += TimeSpan.FromMinutes(5);

        await RecordedAsync(given.Get<DecideBreakGlass>().StopAsync(Actor.Person(given.SecondApprover), id, default));

        Assert.False((await DecideAsync(given, given.Stranger, Right.Operate)).Decision.Allowed);
        Assert.Equal(BreakGlassState.AwaitsReview, await StateAsync(given, given.Developer));
    }

    [DatabaseFact]
    public async Task It_approves_nobodys_own_work()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer])
        {
            BreakGlassId id = await AskAsync(given, user, Right.Approve);
            await RecordedAsync(given.Get<DecideBreakGlass>().OpenAsync(Actor.Person(given.Approver), id, default));
        }

        Assert.Equal("own-work", Assert.IsType<SignOffOutcome.Refused>(await given.DecideAsync(given.Developer, version)).Reason.Code);
        Assert.IsType<SignOffOutcome.Refused>(await given.DecideAsync(given.Reviewer, version));
    }

    [DatabaseTheory]
    [InlineData(Right.Approve, "closed")]
    [InlineData(Right.ExplainRow, "closed")]
    [InlineData(Right.SeeCoefficients, "closed")]
    [InlineData(Right.SeePersonalRows, "closed")]
    [InlineData(Right.DownloadArtifact, "not-by-break-glass")]
    [InlineData(Right.Administer, "not-by-break-glass")]
    public async Task What_administrators_never_may_they_get_by_no_glass(Right right, string code)
    {
        await using Given given = await Given.RegistryAsync();

        Assert.Equal(code, await RefusalAsync(given.Get<AskBreakGlass>().RunAsync(
            Actor.Person(given.Administrator), right, "credit", "Fire.", default)));
    }

    [DatabaseFact]
    public async Task Asking_does_not_tell_which_models_exist()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();

        Assert.IsType<BreakGlassOutcome.Recorded>(await given.Get<AskBreakGlass>().RunAsync(
            Actor.Person(given.Stranger), Right.Operate, "credit", "Fire.", default));
        Assert.IsType<BreakGlassOutcome.Recorded>(await given.Get<AskBreakGlass>().RunAsync(
            Actor.Person(given.Stranger), Right.Operate, "no-such-model", "Fire.", default));
    }

    private static async Task<ModelVersion> ApprovedAsync(Given given)
    {
        ModelVersion version = await given.InReviewAsync();
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));
        Assert.Equal(Stage.Approved, await given.StageOfAsync(version));
        return version;
    }

    private static async Task<BreakGlassId> AskAsync(Given given, UserId user, Right right) =>
        (await RecordedAsync(given.Get<AskBreakGlass>().RunAsync(Actor.Person(user), right, "credit", "Night shift, nobody answers.", default))).Id;

    private static async Task<BreakGlassRequest> RecordedAsync(Task<BreakGlassOutcome> step) =>
        Assert.IsType<BreakGlassOutcome.Recorded>(await step).Request;

    private static async Task<string> RefusalAsync(Task<BreakGlassOutcome> step) =>
        Assert.IsType<BreakGlassOutcome.Refused>(await step).Reason.Code;

    private static async Task<BreakGlassState> StateAsync(Given given, UserId viewer) =>
        Assert.Single(await given.Get<BreakGlassQueries>().VisibleToAsync(viewer, default)).State;

    private static Task<AccessAnswer> DecideAsync(Given given, UserId user, Right right) =>
        given.Get<DecideAccess>().RunAsync(user, right, "credit", 1, default);
}
