using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Alarms;

public sealed class GaugeTests
{
    [DatabaseFact]
    public async Task Who_passes_is_marked_once_and_a_reading_takes_the_place_of_the_one_before()
    {
        await using Given given = await Given.RegistryAsync();
        (Model model, ModelVersion version) = await VersionAsync(given);
        RecordGauge record = given.Get<RecordGauge>();

        Assert.False(await record.RunAsync(Reading(given, version, given.Reviewer, 0.80), default));
        Assert.Null(await given.Get<GaugeQueries>().StandingAsync(model.Id, given.Reviewer, default));
        Assert.True(await record.RunAsync(Reading(given, version, given.Reviewer, 0.81), default)); // 0.81 of 0.90 is the share of 0.90
        Assert.False(await record.RunAsync(Reading(given, version, given.Reviewer, 0.85), default));

        GaugeView view = Assert.Single(await given.Get<GaugeQueries>().OfVersionAsync(model.Id, version.Id, default));
        Assert.Equal((0.85, 0.81, true), (view.Reading!.Fidelity, view.Mark!.Fidelity, view.Waits));
        Assert.Equal(new GaugeStanding("The dev", null, null), await given.Get<GaugeQueries>().StandingAsync(model.Id, given.Reviewer, default));
        Assert.Equal("The rev", Assert.Single(await given.Get<GaugeQueries>().WaitingForAsync(given.Developer, default)).Principal);
        Assert.Empty(await given.Get<GaugeQueries>().WaitingForAsync(given.Reviewer, default));
    }

    [DatabaseFact]
    public async Task The_owner_who_has_the_model_is_not_marked()
    {
        await using Given given = await Given.RegistryAsync();
        (Model model, ModelVersion version) = await VersionAsync(given);

        Assert.False(await given.Get<RecordGauge>().RunAsync(Reading(given, version, given.Developer, 1), default));
        Assert.Null(await given.Get<GaugeQueries>().StandingAsync(model.Id, given.Developer, default));
    }

    [DatabaseFact]
    public async Task The_owner_alone_decides_with_a_reason_for_so_many_units_more_and_the_ledger_holds()
    {
        await using Given given = await Given.RegistryAsync();
        (Model model, ModelVersion version) = await VersionAsync(given);
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(
            new Charge(model.Id, given.Reviewer.Value, [], 7, 0, new BudgetRules(200, 500, 400, 2_000, null)), default));
        await given.Get<RecordGauge>().RunAsync(Reading(given, version, given.Reviewer, 0.9), default);
        GaugeMarkId mark = Assert.Single(await given.Get<GaugeQueries>().WaitingForAsync(given.Developer, default)).Mark.Id;
        DecideGauge decide = given.Get<DecideGauge>();

        Assert.Equal("not-owner", Code(await decide.ApproveAsync(Actor.Person(given.Reviewer), mark, 10, "Me.", default)));
        Assert.Equal("not-owner", Code(await decide.RefuseAsync(Actor.Person(given.Operator), mark, "No.", default)));
        Assert.Equal("bad-units", Code(await decide.ApproveAsync(Actor.Person(given.Developer), mark, 0, "None.", default)));
        Assert.Equal("no-reason", Code(await decide.ApproveAsync(Actor.Person(given.Developer), mark, 10, " ", default)));
        Assert.IsType<ProtectionOutcome.NoSuchModel>(await decide.RefuseAsync(Actor.Person(given.Stranger), mark, "No.", default));

        Assert.IsType<ProtectionOutcome.Changed>(await decide.ApproveAsync(Actor.Person(given.Developer), mark, 10, "A validation.", default));
        Assert.Equal(new GaugeStanding("The dev", GaugeVerdict.Approved, 17), await given.Get<GaugeQueries>().StandingAsync(model.Id, given.Reviewer, default));
        Assert.IsType<ProtectionOutcome.Changed>(await decide.RefuseAsync(Actor.Person(given.Developer), mark, "Enough.", default));

        GaugeView view = Assert.Single(await given.Get<GaugeQueries>().OfVersionAsync(model.Id, version.Id, default));
        Assert.Equal(["Enough.", "A validation."], view.Decisions.Select(one => one.Reason));
        Assert.Equal((false, null), (view.Waits, view.Left));
        Assert.Equal(GaugeVerdict.Refused, (await given.Get<GaugeQueries>().StandingAsync(model.Id, given.Reviewer, default))!.Verdict);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
        given.AssertGuarded("UPDATE GaugeMarks SET Fidelity = 0");
        given.AssertGuarded("DELETE FROM GaugeDecisions");
    }

    private static async Task<(Model Model, ModelVersion Version)> VersionAsync(Given given)
    {
        Model model = await given.ModelAsync();
        return (model, await given.VersionAsync(model));
    }

    private static GaugeReading Reading(Given given, ModelVersion version, UserId principal, double fidelity) => new()
    {
        Model = version.Model, Version = version.Id, Principal = principal, Answers = 60, Fidelity = fidelity, Low = fidelity - 0.05, High = 1,
        Agreement = 0.95, Retrain = 0.90, Judged = 500, Family = "boosted trees", MeasuredAt = Microseconds.Truncate(given.Clock.GetUtcNow()),
    };

    private static string Code(ProtectionOutcome outcome) => Assert.IsType<ProtectionOutcome.Refused>(outcome).Reason.Code;
}
