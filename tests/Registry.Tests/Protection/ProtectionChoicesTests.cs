using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;

namespace Governance.Registry.Tests.Protection;

public sealed class ProtectionChoicesTests
{
    private static readonly WantedBudget More = new(null, 1_000, null, false);

    [DatabaseFact]
    public async Task The_owner_approves_more_for_others_and_never_for_themself()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();

        Assert.IsType<ProtectionOutcome.Changed>(await BudgetAsync(given, given.Developer, given.Reviewer, More));
        Assert.Equal("own-budget", Code(await BudgetAsync(given, given.Developer, given.Developer, More)));
        Assert.Equal("no-right", Code(await BudgetAsync(given, given.OtherDeveloper, given.Reviewer, More)));
        Assert.IsType<ProtectionOutcome.NoSuchModel>(await BudgetAsync(given, given.Stranger, given.Reviewer, More));
        BudgetChoice? choice = (await given.Get<ProtectionQueries>().ChoicesAsync(model.Id, given.Reviewer, default)).Budget;
        Assert.Equal((1_000, null, given.Developer), (choice!.LifetimeUnits, choice.DayUnits, choice.ChosenBy));
    }

    [DatabaseFact]
    public async Task An_administrator_tightens_for_anyone_and_gives_more_to_the_owner_alone()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        await BudgetAsync(given, given.Developer, given.Reviewer, More);

        Assert.IsType<ProtectionOutcome.Changed>(await BudgetAsync(given, given.Administrator, given.Reviewer, More with { Lifetime = 900 }));
        Assert.Equal("no-right", Code(await BudgetAsync(given, given.Administrator, given.Reviewer, More)));
        Assert.IsType<ProtectionOutcome.Changed>(await BudgetAsync(given, given.Administrator, given.Developer, More));
    }

    [DatabaseTheory]
    [InlineData(-1L)]
    [InlineData(BudgetChoice.MaxUnits + 1)]
    public async Task Units_make_sense(long units)
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();

        Assert.Equal("bad-units", Code(await BudgetAsync(given, given.Developer, given.Reviewer, More with { Day = units })));
        Assert.Equal("own-window", Code(await BudgetAsync(given, given.Developer, given.Reviewer, More with { OwnWindow = true })));
    }

    [DatabaseFact]
    public async Task Many_may_throttle_but_only_owner_and_operator_open()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();

        Assert.Equal("no-right", Code(await ThrottleAsync(given, given.Reviewer, Throttle.Stopped)));
        Assert.IsType<ProtectionOutcome.Changed>(await ThrottleAsync(given, given.Administrator, Throttle.LabelOnly));
        Assert.IsType<ProtectionOutcome.Changed>(await ThrottleAsync(given, given.Approver, Throttle.Stopped));
        Assert.Equal("no-change", Code(await ThrottleAsync(given, given.Approver, Throttle.Stopped)));
        Assert.Equal("no-right", Code(await ThrottleAsync(given, given.Administrator, Throttle.LabelOnly)));
        Assert.IsType<ProtectionOutcome.Changed>(await ThrottleAsync(given, given.Operator, Throttle.Open));
        Assert.Equal("no-reason", Code(await given.Get<ThrottleModel>().RunAsync(Actor.Person(given.Developer), "credit", Throttle.Stopped, " ", default)));
        Assert.Equal(Throttle.Open, (await given.Get<ProtectionQueries>().ChoicesAsync(model.Id, given.Developer, default)).Throttle);
    }

    [DatabaseFact]
    public async Task A_looser_policy_is_refused_and_the_ledger_names_every_choice()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        RecordOutputPolicy record = given.Get<RecordOutputPolicy>();

        Assert.Equal("loosens", Code(await record.RunAsync(Actor.Person(given.Administrator), "credit", "{}", null, _ => true, "Why not.", default)));
        Assert.Equal("no-right", Code(await record.RunAsync(Actor.Person(given.Reviewer), "credit", "{}", null, _ => false, "Why not.", default)));
        Assert.Equal("no-dataset", Code(await record.RunAsync(Actor.Person(given.Administrator), "credit", "{}", "nowhere", _ => false, "Why not.", default)));
        Assert.IsType<ProtectionOutcome.Changed>(await record.RunAsync(Actor.Person(given.Administrator), "credit", "{}", null, _ => false, "Stricter.", default));
        await BudgetAsync(given, given.Developer, given.Reviewer, More);
        await ThrottleAsync(given, given.Developer, Throttle.Stopped);

        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Choices_are_written_once()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        await BudgetAsync(given, given.Developer, given.Reviewer, More);
        await ThrottleAsync(given, given.Developer, Throttle.Stopped);

        foreach (string table in (string[])["BudgetChoices", "ThrottleChoices"])
        {
            given.AssertGuarded($"UPDATE {table} SET ChosenAt = 0");
            given.AssertGuarded($"DELETE FROM {table}");
        }
    }

    private static string? Code(ProtectionOutcome outcome) => (outcome as ProtectionOutcome.Refused)?.Reason.Code;

    private static Task<ProtectionOutcome> BudgetAsync(Given given, UserId by, UserId whose, WantedBudget wanted) =>
        given.Get<ChooseBudget>().RunAsync(Actor.Person(by), "credit", whose, wanted, "They review it.", default);

    private static Task<ProtectionOutcome> ThrottleAsync(Given given, UserId by, Throttle throttle) =>
        given.Get<ThrottleModel>().RunAsync(Actor.Person(by), "credit", throttle, "Strange traffic.", default);
}
