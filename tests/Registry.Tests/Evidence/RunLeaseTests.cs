using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;
using Governance.Tests;

namespace Governance.Registry.Tests.Evidence;

public sealed class RunLeaseTests
{
    [DatabaseFact]
    public async Task A_run_is_taken_over_once_its_process_is_silent_and_not_before()
    {
        await using Given given = await Given.RegistryAsync();
        AuditRun run = await ClaimedAsync(given, "node-a");
        ResumeRuns resume = given.Get<ResumeRuns>();

        given.Clock.Now += RunLease.Patience - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await resume.TakeOverAsync(default));
        Assert.True(await given.Get<HoldLease>().BeatAsync(run.Id, "node-a", default));
        given.Clock.Now += RunLease.Patience - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await resume.TakeOverAsync(default));
        given.Clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(1, await resume.TakeOverAsync(default));

        AuditRun again = (await given.Get<ClaimRun>().RunAsync("node-b", default))!;
        Assert.Equal((run.Id, 2), (again.Id, again.Attempts));
        Assert.False(await given.Get<HoldLease>().BeatAsync(run.Id, "node-a", default));
        await given.Get<HoldLease>().EndAsync(run.Id, "node-a", default);
        Assert.True(await given.Get<HoldLease>().BeatAsync(run.Id, "node-b", default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task At_a_start_the_runs_of_living_processes_are_left_alone_on_PostgreSQL_and_all_go_on_on_SQLite()
    {
        await using Given given = await Given.RegistryAsync();
        await ClaimedAsync(given, "node-a");

        Assert.Equal(Databases.Current == Database.PostgreSql ? 0 : 1, await given.Get<ResumeRuns>().RunAsync(default));
    }

    private static async Task<AuditRun> ClaimedAsync(Given given, string node)
    {
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.Get<StartRun>().RunAsync(Actor.Person(given.Developer), version.Id, "Audit", "{\"seed\":1}"u8.ToArray(), default);
        return (await given.Get<ClaimRun>().RunAsync(node, default))!;
    }
}
