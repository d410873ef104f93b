using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.SignOffs;

public sealed class ExpiryTests
{
    [DatabaseFact]
    public async Task An_approval_ends_when_its_time_is_over_and_not_a_moment_before()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        SignOffDeadline first = (await given.Get<ExpireSignOffs>().DeadlinesAsync([version.Id], default))[version.Id][0];

        given.Clock.Now = first.At.AddTicks(-10);
        Assert.Equal(0, await given.Get<ExpireSignOffs>().RunAsync(default));
        given.Clock.Now = first.At;
        Assert.Equal(1, await given.Get<ExpireSignOffs>().RunAsync(default));
        Assert.Equal(0, await given.Get<ExpireSignOffs>().RunAsync(default));

        Assert.Equal(Stage.Expired, await given.StageOfAsync(version));
        Assert.Equal(first.Sentence, await given.LastCauseAsync(version));
        await using GovernanceDb db = given.Db();
        Assert.Null((await db.StageMoves.OrderByDescending(move => move.Number).FirstAsync()).By);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_condition_that_nobody_fulfilled_ends_the_approval_and_a_fulfilled_one_does_not()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync(Verdict.ApproveWithConditions);
        RegisterFindingId condition = Assert.Single(await given.Get<RegisterQueries>().OfVersionAsync(given.Reviewer, version.Id, default)).Entry.Finding.Id;
        DateTimeOffset due = given.Clock.Now.AddDays(SignOffCondition.UsualDays + 1);

        await given.Get<StepFinding>().RunAsync(Actor.Person(given.Reviewer), new NewStep(condition, RegisterStepKind.Close, "Seen."), default);
        given.Clock.Now = due;
        Assert.Equal(0, await given.Get<ExpireSignOffs>().RunAsync(default));
        await given.Get<StepFinding>().RunAsync(Actor.Person(given.Reviewer), new NewStep(condition, RegisterStepKind.Reopen, "Not so."), default);
        Assert.Equal(1, await given.Get<ExpireSignOffs>().RunAsync(default));

        Assert.StartsWith("A condition was not fulfilled by ", await given.LastCauseAsync(version), StringComparison.Ordinal);
        Assert.Equal(Stage.Expired, await given.StageOfAsync(version));
    }

    [DatabaseFact]
    public async Task A_waived_line_ends_the_approval_on_its_day()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync(more: DossierGiven.Judged("fairness/ratio/sex", "inconclusive"));
        await given.ReviewAsync(given.Reviewer, version);
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));

        given.Clock.Now = given.Clock.Now.AddDays(30);
        await given.Get<ExpireSignOffs>().RunAsync(default);

        Assert.StartsWith("What was accepted until ", await given.LastCauseAsync(version), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task An_alert_leads_an_approved_version_back_to_review_as_a_new_round()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();

        Assert.NotNull(await given.Get<ReturnToReview>().RunAsync(version.Id, TriggerEvent.DriftCritical, "Income drifted for two windows.", default));
        Assert.Null(await given.Get<ReturnToReview>().RunAsync(version.Id, TriggerEvent.DriftCritical, "Again.", default));

        Assert.Equal(Stage.InReview, await given.StageOfAsync(version));
        Assert.Equal("Drift alert: Income drifted for two windows.", await given.LastCauseAsync(version));
        Assert.Equal("no-review", Assert.IsType<SignOffOutcome.Refused>(await given.DecideAsync(given.SecondApprover, version)).Reason.Code);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public void Deadlines_come_nearest_first()
    {
        DateTimeOffset day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        SignOffTerms terms = new(1, 1, TimeSpan.FromDays(100), TimeSpan.FromDays(50));

        IReadOnlyList<SignOffDeadline> deadlines = SignOffDeadlines.Of(day, day.AddDays(-10), [], terms);

        Assert.Equal([(DeadlineKind.Evidence, day.AddDays(40)), (DeadlineKind.Approval, day.AddDays(100))], deadlines.Select(each => (each.Kind, each.At)));
    }
}
