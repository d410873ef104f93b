using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Protection;

public sealed class AnswerBudgetsTests
{
    private static readonly BudgetRules Rules = new(200, 500, 400, 2_000, null);
    private static readonly Guid Person = Guid.CreateVersion7();
    private readonly ModelId model = ModelId.New();

    [DatabaseFact]
    public async Task A_block_that_is_half_spent_is_filled_behind_the_charge_and_never_beyond_the_limit()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        BudgetHolder person = new(BudgetHolderKind.Principal, Person);
        await SpendAsync(budgets, 27); // of the 50 beyond the first 24 are left

        for (int beat = 0; beat < 400 && budgets.ReservedOf(model, person) < 50; beat++)
        {
            await Task.Delay(25);
        }

        Assert.Equal(50, budgets.ReservedOf(model, person));
        Assert.Equal(200 - 27 - 1, Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(1), default)).Remaining);
        await SpendAsync(budgets, 172);
        Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(Charge(1), default));
        Assert.Equal(0, budgets.ReservedOf(model, person));
    }

    [DatabaseFact]
    public async Task Two_at_once_cannot_spend_the_last_unit_twice()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        await SpendAsync(budgets, 199);

        ChargeOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => budgets.ChargeAsync(Charge(1), default))));

        Assert.Single(outcomes.OfType<ChargeOutcome.Charged>());
        Assert.All(outcomes.OfType<ChargeOutcome.Refused>(), refused => Assert.Equal((BudgetWindow.PrincipalDay, 200, 0), (refused.Window, refused.Limit, refused.Left)));
    }

    [DatabaseFact]
    public async Task Two_processes_cannot_spend_more_than_the_limit_together()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets[] nodes = [Another(given), Another(given)];

        ChargeOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 150).Select(at => Task.Run(() => nodes[at % 2].ChargeAsync(Charge(2), default))));

        int spent = outcomes.OfType<ChargeOutcome.Charged>().Count() * 2;
        Assert.InRange(spent, 150, 200); // the unspent rest of one node's block is out of the other's reach
    }

    [DatabaseFact]
    public async Task An_orderly_restart_keeps_what_was_spent_to_the_unit()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets before = Another(given);
        await SpendAsync(before, 37);
        await before.ReturnAsync(all: true, default);

        AnswerBudgets after = Another(given);

        Assert.Equal(200 - 37 - 1, Assert.IsType<ChargeOutcome.Charged>(await after.ChargeAsync(Charge(1), default)).Remaining);
    }

    [DatabaseFact]
    public async Task A_crash_gives_nothing_back_and_costs_a_block_at_most()
    {
        await using Given given = await Given.RegistryAsync();
        await SpendAsync(Another(given), 37);

        long remaining = Assert.IsType<ChargeOutcome.Charged>(await Another(given).ChargeAsync(Charge(1), default)).Remaining;

        Assert.InRange(remaining, 200 - 37 - 1 - 50, 200 - 37 - 1);
    }

    [DatabaseFact]
    public async Task The_day_slides()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        await SpendAsync(budgets, 150);
        given.Clock.Now += TimeSpan.FromHours(12);
        await SpendAsync(budgets, 50);
        ChargeOutcome.Refused refused = Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(Charge(100), default));

        given.Clock.Now += refused.FreeAt!.Value - given.Clock.GetUtcNow();

        Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(100), default));
        Assert.Equal(BudgetWindow.PrincipalDay, Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(Charge(60), default)).Window);
    }

    [DatabaseFact]
    public async Task A_clock_set_back_frees_nothing()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        await SpendAsync(budgets, 200);

        given.Clock.Now += TimeSpan.FromDays(-3);

        Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(Charge(1), default));
        Assert.IsType<ChargeOutcome.Refused>(await Another(given).ChargeAsync(Charge(1), default));
    }

    [DatabaseFact]
    public async Task The_lifetime_ends_whatever_time_passes()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        for (int day = 0; day < 2; day++)
        {
            await SpendAsync(budgets, 200);
            given.Clock.Now += TimeSpan.FromDays(2);
        }

        await SpendAsync(budgets, 100);
        given.Clock.Now += TimeSpan.FromDays(4_000);

        ChargeOutcome.Refused refused = Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(Charge(1), default));
        Assert.Equal((BudgetWindow.PrincipalLifetime, null), (refused.Window, refused.FreeAt));
    }

    [DatabaseFact]
    public async Task The_members_of_a_team_share_its_day_and_all_share_the_model()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        Guid team = Guid.CreateVersion7();
        Guid[] people = [.. Enumerable.Range(0, 11).Select(_ => Guid.CreateVersion7())];
        Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(200, people[0], [team]), default));
        Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(200, people[1], [team]), default));

        Assert.Equal(BudgetWindow.TeamDay, Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(Charge(1, people[2], [team]), default)).Window);
        for (int at = 2; at < 10; at++)
        {
            Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(200, people[at]), default));
        }

        Assert.Equal(BudgetWindow.ModelMonth, Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(Charge(1, people[10]), default)).Window);
        Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(1, people[10]) with { OwnWindow = true }, default));
    }

    // Else each of them waited for the disk whenever the other had asked before.
    [DatabaseFact]
    public async Task Principals_of_other_limits_spend_from_one_block_of_the_model()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        Charge[] both = [Charge(1), Charge(1, Guid.CreateVersion7()) with { Rules = Rules with { PrincipalDay = 100 } }];
        foreach (Charge one in both)
        {
            Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(one, default));
        }

        await given.CutOffAsync();
        for (int turn = 0; turn < 10; turn++)
        {
            Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(both[turn % 2], default)); // in memory
        }
    }

    // However many run low at once, each block is filled, and none beyond its limit.
    [DatabaseFact]
    public async Task Many_who_run_low_together_are_all_filled_up()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        Guid[] people = [.. Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7())];
        await Task.WhenAll(people.Select(async person =>
        {
            for (int unit = 0; unit < 40; unit++)
            {
                Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(1, person), default));
            }
        }));
        foreach (Guid person in people)
        {
            Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(1, person), default)); // whoever came between two fillings asks again
        }

        BudgetHolder[] holders = [.. people.Select(person => new BudgetHolder(BudgetHolderKind.Principal, person))];
        for (int beat = 0; beat < 400 && holders.Any(holder => budgets.ReservedOf(model, holder) < 25); beat++)
        {
            await Task.Delay(25);
        }

        Assert.All(holders, holder => Assert.InRange(budgets.ReservedOf(model, holder), 25, 51));
        await budgets.ReturnAsync(all: true, default);
        BudgetSums sums = await given.Get<ProtectionQueries>().SumsAsync(model, new BudgetHolder(BudgetHolderKind.Model, model.Value), default);
        Assert.Equal(12 * 41, sums.Day); // of all that was reserved only what was spent is left
    }

    [DatabaseFact]
    public async Task Numbers_of_a_linear_model_end_for_life_and_for_the_team()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        Guid team = Guid.CreateVersion7();
        BudgetRules linear = Rules with { DisclosingLifetime = 10 };
        Charge number = new(model, Person, [team], 2, 2, linear);
        for (int answer = 0; answer < 5; answer++)
        {
            Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(number, default));
        }

        given.Clock.Now += TimeSpan.FromDays(400);

        Assert.Equal(BudgetWindow.PrincipalDisclosing, Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(number, default)).Window);
        Assert.Equal(
            BudgetWindow.TeamDisclosing,
            Assert.IsType<ChargeOutcome.Refused>(await budgets.ChargeAsync(number with { Principal = Guid.CreateVersion7() }, default)).Window);
        Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(number with { Units = 1, Disclosing = 0 }, default)); // a label
    }

    [DatabaseFact]
    public async Task Limits_that_were_lowered_hold_at_once()
    {
        await using Given given = await Given.RegistryAsync();
        AnswerBudgets budgets = given.Get<AnswerBudgets>();
        await SpendAsync(budgets, 20);

        ChargeOutcome outcome = await budgets.ChargeAsync(Charge(1) with { Rules = Rules with { PrincipalDay = 20 } }, default);

        Assert.IsType<ChargeOutcome.Refused>(outcome);
    }

    [DatabaseFact]
    public async Task Without_the_database_nothing_is_charged()
    {
        await using Given given = await Given.RegistryAsync();
        await given.CutOffAsync();

        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => given.Get<AnswerBudgets>().ChargeAsync(Charge(1), default));

        Assert.True(StoreDown.Is(fault), fault.ToString());
        await given.ReconnectAsync();
        Assert.IsType<ChargeOutcome.Charged>(await given.Get<AnswerBudgets>().ChargeAsync(Charge(1), default));
    }

    private static AnswerBudgets Another(Given given) => new(given.Get<IDbContextFactory<GovernanceDb>>(), given.Clock);

    private Charge Charge(int units, Guid? principal = null, Guid[]? teams = null) => new(model, principal ?? Person, teams ?? [], units, 0, Rules);

    private async Task SpendAsync(AnswerBudgets budgets, int units)
    {
        for (int unit = 0; unit < units; unit++)
        {
            Assert.IsType<ChargeOutcome.Charged>(await budgets.ChargeAsync(Charge(1), default));
        }
    }
}
