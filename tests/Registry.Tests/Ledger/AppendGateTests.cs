using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Registry.Tests.Ledger;

public sealed class AppendGateTests
{
    [DatabaseFact]
    public async Task Twenty_writers_at_once_lose_nothing()
    {
        await using Given given = await Given.RegistryAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.IsType<RegisterModelOutcome.Registered>(await given.Get<RegisterModel>().RunAsync(
                    Actor.Person(given.Developer), new NewModel($"m{writer}-{i}", "T", "P", RiskTier.Low), default));
            }
        })));

        await using GovernanceDb db = given.Db();
        Assert.Equal(100, await db.Models.CountAsync());
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    // Two processes share no semaphore, only the database: two gates stand for them.
    [DatabaseFact]
    public async Task Writers_of_two_processes_stand_in_one_line()
    {
        await using Given given = await Given.RegistryAsync();
        await using ServiceProvider other = new ServiceCollection()
            .AddRegistry(given.Get<RegistryOptions>()).BuildServiceProvider();

        await Task.WhenAll(((AppendGate[])[given.Get<AppendGate>(), other.GetRequiredService<AppendGate>()]).Select(gate => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await gate.RunAsync(Actor.System, change =>
                {
                    change.Write(new LedgerSubject("note", "n"), "note.taken", null, null, null);
                    return Task.FromResult(true);
                }, default);
            }
        })));

        LedgerVerdict.Holds holds = Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
        Assert.Equal(9 + 40, holds.Size);
    }

    [DatabaseFact]
    public async Task A_change_that_fails_leaves_neither_row_nor_entry()
    {
        await using Given given = await Given.RegistryAsync();
        LedgerHead before = await given.Get<LedgerQueries>().HeadAsync(default);

        await Assert.ThrowsAsync<IOException>(() => given.Get<AppendGate>().RunAsync<bool>(Actor.System, async change =>
        {
            change.Add(NewModel(given, change), "model.registered", null);
            await change.Db.SaveChangesAsync();
            throw new IOException("The disk is full.");
        }, default));

        await using GovernanceDb db = given.Db();
        Assert.Equal(0, await db.Models.CountAsync());
        Assert.Equal(before, await given.Get<LedgerQueries>().HeadAsync(default));
    }

    [DatabaseFact]
    public async Task A_change_without_an_entry_is_a_bug()
    {
        await using Given given = await Given.RegistryAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => given.Get<AppendGate>().RunAsync(Actor.System, change =>
        {
            change.Db.Models.Add(NewModel(given, change));
            return Task.FromResult(true);
        }, default));
    }

    [DatabaseFact]
    public async Task Loses_the_race_once_and_judges_again()
    {
        await using Given given = await Given.RegistryAsync();
        int tries = 0;

        string outcome = await given.Get<AppendGate>().RunAsync(Actor.System, async change =>
        {
            tries++;
            if (tries == 2)
            {
                return await change.Db.Models.AnyAsync() ? "seen" : "fresh";
            }

            // Two rows of one name: the unique index refuses the save, as if another process had been first.
            change.Add(NewModel(given, change), "model.registered", null);
            change.Add(NewModel(given, change), "model.registered", null);
            return "never";
        }, default);

        Assert.Equal((2, "fresh"), (tries, outcome));
    }

    private static Model NewModel(Given given, RegistryChange change) =>
        new(ModelId.New(), "m", "T", "P", given.Developer, RiskTier.Low, change.Now);
}
