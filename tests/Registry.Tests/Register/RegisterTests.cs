using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.SignOffs;
using Governance.Registry.Tests.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Register;

public sealed class RegisterTests
{
    private static readonly NewFinding Leak = new("The label leaks into a feature.", "See column a.", Severity.High, null, null);

    [DatabaseFact]
    public async Task What_breaches_its_limit_is_in_the_register_once_the_version_is_submitted()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync(
            more: DossierGiven.Judged("fairness/ratio/sex", "breaches") + DossierGiven.Judged("fairness/ratio/age", "inconclusive"));

        RegisterView finding = Assert.Single(await given.Get<RegisterQueries>().OfVersionAsync(given.Reviewer, version.Id, default));
        Assert.Equal(("fairness/ratio/sex", FindingSource.Gate, FindingStatus.Open), (finding.Entry.Finding.Key, finding.Entry.Finding.Source, finding.Status));
        Assert.Equal("the system", finding.NameOf(finding.Entry.Finding.RaisedBy));

        // Withdrawn and submitted again it is not doubled.
        await given.MoveAsync(given.Developer, version, StageRequest.Withdraw);
        await given.MoveAsync(given.Developer, version, StageRequest.Submit);
        Assert.Single(await given.Get<RegisterQueries>().OfVersionAsync(given.Reviewer, version.Id, default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task An_approval_answers_every_line_and_the_answers_are_accepted_findings()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync(
            more: DossierGiven.Judged("fairness/ratio/sex", "breaches") + DossierGiven.Judged("fairness/ratio/age", "inconclusive"));
        await given.ReviewAsync(given.Reviewer, version);
        NewSignOff wanted = await given.DecisionAsync(version) with { Waived = [] };
        LineWaiver line = new("fairness", "Fairness", GateVerdict.Breaches, "Small and watched.", given.Clock.Now.AddDays(60), ["fairness/ratio/sex"]);

        Assert.Equal("unanswered-line", await CodeAsync(wanted));
        Assert.Equal("unanswered-line", await CodeAsync(wanted with { Waived = [line] }));
        line = line with { Covers = ["fairness/ratio/sex", "fairness/ratio/age"] };
        Assert.Equal("no-line-reason", await CodeAsync(wanted with { Waived = [line with { Reason = " " }] }));
        Assert.Equal("waiver-ended", await CodeAsync(wanted with { Waived = [line with { Until = given.Clock.Now.AddSeconds(-1) }] }));
        Assert.Equal("waiver-too-long", await CodeAsync(wanted with { Waived = [line with { Until = given.Clock.Now.AddDays(4_000) }] }));
        Assert.Null(await CodeAsync(wanted with { Waived = [line] }));

        RegisterView accepted = Assert.Single(await given.Get<RegisterQueries>().OfVersionAsync(given.Reviewer, version.Id, default));
        Assert.Equal((FindingSource.Gate, FindingStatus.Accepted), (accepted.Entry.Finding.Source, accepted.Status));
        Assert.Equal("Small and watched.", accepted.TextOf(accepted.Entry.Steps[0].Text));

        async Task<string?> CodeAsync(NewSignOff signOff) =>
            (await given.Get<RecordDecision>().RunAsync(Actor.Person(given.Approver), signOff, default) as SignOffOutcome.Refused)?.Reason.Code;
    }

    [DatabaseFact]
    public async Task Each_condition_is_a_finding_with_an_owner_and_a_date()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        await given.ReviewAsync(given.Reviewer, version);
        NewSignOff wanted = await given.DecisionAsync(version) with
        {
            Verdict = Verdict.ApproveWithConditions,
            ConditionList =
            [
                new SignOffCondition("Retrain on this year's rows.", given.Clock.Now.AddDays(30), null),
                new SignOffCondition("Report the ratio each month.", given.Clock.Now.AddDays(60), given.Operator),
            ],
        };

        SignOffOutcome.Recorded recorded = Assert.IsType<SignOffOutcome.Recorded>(await given.Get<RecordDecision>().RunAsync(Actor.Person(given.Approver), wanted, default));

        Assert.Equal(Stage.ApprovedWithConditions, recorded.Stage);
        IReadOnlyList<RegisterView> findings = await given.Get<RegisterQueries>().OfVersionAsync(given.Developer, version.Id, default);
        Assert.Equal(["Retrain on this year's rows.", "Report the ratio each month."], findings.Select(finding => finding.Entry.Finding.Title));
        Assert.Equal([given.Developer, given.Operator], findings.Select(finding => finding.Entry.Owner));
        Assert.All(findings, finding => Assert.Equal(recorded.SignOff.Id, finding.Entry.Finding.SignOff));

        // Work on a condition goes on under the approval, and back again.
        foreach (RegisterStepKind kind in (RegisterStepKind[])[RegisterStepKind.Comment, RegisterStepKind.Close, RegisterStepKind.Reopen, RegisterStepKind.Close])
        {
            await given.Get<StepFinding>().RunAsync(Actor.Person(given.Reviewer), new NewStep(findings[0].Entry.Finding.Id, kind, "Done."), default);
            Assert.Null(await given.Get<VoidChanged>().CheckAsync(await given.ReloadAsync(version), default));
        }

        Assert.Equal(Stage.ApprovedWithConditions, await given.StageOfAsync(version));
    }

    [DatabaseFact]
    public async Task A_finding_raised_after_the_decision_voids_it()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();

        Assert.IsType<RegisterOutcome.Recorded>(await given.Get<RaiseFinding>().RunAsync(Actor.Person(given.Reviewer), version.Id, Leak, default));

        Assert.Equal(Stage.Voided, await given.StageOfAsync(version));
        Assert.Equal(RaiseFinding.VoidCause, await given.LastCauseAsync(version));
    }

    [DatabaseFact]
    public async Task Opening_again_what_the_decision_saw_closed_voids_it()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        RegisterFindingId finding = Assert.IsType<RegisterOutcome.Recorded>(
            await given.Get<RaiseFinding>().RunAsync(Actor.Person(given.Reviewer), version.Id, Leak, default)).Entry.Finding.Id;
        await given.ReviewAsync(given.Reviewer, version);
        Assert.Equal("open-finding", Assert.IsType<SignOffOutcome.Refused>(await given.Get<RecordDecision>().RunAsync(
            Actor.Person(given.Approver), await given.DecisionAsync(version) with { Waived = [] }, default)).Reason.Code);
        Assert.IsType<RegisterOutcome.Recorded>(await StepAsync(given.Reviewer, RegisterStepKind.Close));
        given.Clock.Now = given.Clock.Now.AddMinutes(1);
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));

        Assert.IsType<RegisterOutcome.Recorded>(await StepAsync(given.Reviewer, RegisterStepKind.Reopen));

        Assert.Equal(StepFinding.VoidCause, await given.LastCauseAsync(version));

        Task<RegisterOutcome> StepAsync(UserId by, RegisterStepKind kind) =>
            given.Get<StepFinding>().RunAsync(Actor.Person(by), new NewStep(finding, kind, "Because."), default);
    }

    [DatabaseFact]
    public async Task Only_reviewers_raise_and_close_and_only_approvers_accept_with_an_end()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        Assert.Equal("no-right", await RaiseAsync(given.Developer));
        Assert.Equal("no-right", await RaiseAsync(given.Approver));
        Assert.Null(await RaiseAsync(given.Reviewer));
        RegisterFindingId id = Assert.Single(await given.Get<RegisterQueries>().VisibleToAsync(given.Auditor, default)).Entry.Finding.Id;
        Assert.Empty(await given.Get<RegisterQueries>().VisibleToAsync(given.Stranger, default));
        DateTimeOffset until = given.Clock.Now.AddDays(10);

        Assert.IsType<RegisterOutcome.NotFound>(await given.Get<StepFinding>().RunAsync(Actor.Person(given.Stranger), new NewStep(id, RegisterStepKind.Comment, "Hm."), default));
        Assert.Equal("no-right", await StepAsync(given.Developer, RegisterStepKind.Close, null));
        Assert.Equal("no-right", await StepAsync(given.Approver, RegisterStepKind.Close, null));
        Assert.Equal("no-right", await StepAsync(given.Reviewer, RegisterStepKind.Accept, until));
        Assert.Equal("no-end", await StepAsync(given.Approver, RegisterStepKind.Accept, null));
        Assert.Equal("no-end", await StepAsync(given.Approver, RegisterStepKind.Accept, given.Clock.Now.AddSeconds(-1)));
        Assert.Equal("wrong-state", await StepAsync(given.Reviewer, RegisterStepKind.Reopen, null));
        Assert.Null(await StepAsync(given.Developer, RegisterStepKind.Comment, null));
        Assert.Null(await StepAsync(given.Approver, RegisterStepKind.Accept, until));
        Assert.Equal(FindingStatus.Accepted, Assert.Single(await given.Get<RegisterQueries>().VisibleToAsync(given.Auditor, default)).Status);
        given.Clock.Now = until;
        Assert.Equal(FindingStatus.Open, Assert.Single(await given.Get<RegisterQueries>().VisibleToAsync(given.Auditor, default)).Status);

        async Task<string?> RaiseAsync(UserId by) =>
            (await given.Get<RaiseFinding>().RunAsync(Actor.Person(by), version.Id, Leak, default) as RegisterOutcome.Refused)?.Reason.Code;

        async Task<string?> StepAsync(UserId by, RegisterStepKind kind, DateTimeOffset? end) =>
            (await given.Get<StepFinding>().RunAsync(Actor.Person(by), new NewStep(id, kind, "Because.", end), default) as RegisterOutcome.Refused)?.Reason.Code;
    }
}
