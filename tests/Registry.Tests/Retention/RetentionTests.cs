using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Retention;

public sealed class RetentionTests
{
    [Theory]
    [InlineData("2026-03-01", 7, "2033-03-01")]
    [InlineData("2028-02-29", 7, "2035-03-01")]
    [InlineData("2028-02-29", 4, "2032-02-29")]
    public void A_thing_is_due_whole_years_after_it_was_retired(string retired, int years, string due) => Assert.Equal(
        At(due), RetentionPolicy.DueAt(new RetentionClass("x", years, "c"), At(retired)));

    [Fact]
    public void Nothing_in_use_and_nothing_permanent_is_ever_due()
    {
        Assert.Null(RetentionPolicy.DueAt(new RetentionClass("x", 7, "c"), null));
        Assert.Null(RetentionPolicy.DueAt(new RetentionClass("x", null, "c"), At("2000-01-01")));
    }

    [DatabaseFact]
    public async Task What_is_due_is_destroyed_and_its_facts_stay()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RetiredAsync(given);
        ArtifactStore store = given.Get<ArtifactStore>();
        string path = store.PathOf(version.Artifact);
        given.Clock.Now = given.Clock.Now.AddYears(7).AddSeconds(-1);
        Assert.Empty(await RunAsync(given));
        Assert.True(store.Contains(version.Artifact));

        given.Clock.Now = given.Clock.Now.AddSeconds(2);
        Assert.True(Assert.Single(await RunAsync(given, dryRun: true)).Erase);
        Assert.True(store.Contains(version.Artifact));
        ErasureLine line = Assert.Single(await RunAsync(given));

        Assert.Contains("standard", line.Sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        await Assert.ThrowsAsync<ArtifactDamagedException>(() => store.ReadAsync(version.Artifact, default));
        Assert.NotNull(await given.Get<VersionQueries>().FindAsync(given.Developer, "credit", 1, default));
        Assert.Contains(
            await given.Get<VersionQueries>().TimelineAsync(given.Developer, version.Id, default),
            entry => entry.Entry.Action == "artifact.erased");
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
        Assert.Empty((await given.Get<VerifyArtifacts>().RunAsync(default)).Faults);
        Assert.Empty(await RunAsync(given));
    }

    [DatabaseFact]
    public async Task The_wrapped_key_is_overwritten_before_the_file_goes()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RetiredAsync(given);
        string path = given.Get<ArtifactStore>().PathOf(version.Artifact);
        string second = path + ".link"; // a second name of the same file, as an old block on the disk would be
        File.CreateSymbolicLink(second + "s", path);
        Assert.Equal(0, Link(path, second));
        given.Clock.Now = given.Clock.Now.AddYears(8);

        await RunAsync(given);

        Assert.Equal(new byte[120], (await File.ReadAllBytesAsync(second))[..120]);
    }

    [DatabaseFact]
    public async Task A_held_thing_is_never_erased()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RetiredAsync(given);
        RetainedItem item = RetainedItem.Of(version.Model);
        ChangeRetention change = given.Get<ChangeRetention>();
        Assert.IsType<RetentionOutcome.Changed>(await change.HoldAsync(Actor.Person(given.Approver), item, "A suit is pending.", default));
        given.Clock.Now = given.Clock.Now.AddYears(50);

        ErasureLine line = Assert.Single(await RunAsync(given));

        Assert.False(line.Erase);
        Assert.Contains("legal hold", line.Sentence, StringComparison.Ordinal);
        Assert.True(given.Get<ArtifactStore>().Contains(version.Artifact));

        RetentionState state = (await given.Get<RetentionQueries>().FindAsync(given.Operator, item, default))!;
        HoldWithWords hold = Assert.Single(state.Holds);
        Assert.Equal(("A suit is pending.", given.Approver), (hold.Reason, hold.Hold.PlacedBy));
        Assert.IsType<RetentionOutcome.Changed>(await change.ReleaseAsync(Actor.Person(given.Approver), item, hold.Hold.Id, "It ended.", default));
        Assert.True(Assert.Single(await RunAsync(given)).Erase);
        Assert.False(given.Get<ArtifactStore>().Contains(version.Artifact));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_file_that_something_in_use_shares_stays()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion retired = await RetiredAsync(given);
        Model other = await given.ModelAsync("other");
        await given.VersionAsync(other); // the same bytes
        given.Clock.Now = given.Clock.Now.AddYears(8);

        ErasureLine line = Assert.Single(await RunAsync(given));

        Assert.False(line.Erase);
        Assert.Contains("other/1", line.Sentence, StringComparison.Ordinal);
        Assert.True(given.Get<ArtifactStore>().Contains(retired.Artifact));
    }

    [DatabaseFact]
    public async Task Another_hold_on_a_shared_file_counts_too()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion retired = await RetiredAsync(given);
        Model other = await given.ModelAsync("other");
        ModelVersion twin = await given.VersionAsync(other);
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Developer, twin, StageRequest.Retire));
        await given.Get<ChangeRetention>().HoldAsync(Actor.Person(given.Approver), RetainedItem.Of(other.Id), "Held.", default);
        given.Clock.Now = given.Clock.Now.AddYears(8);

        Assert.All(await RunAsync(given), line => Assert.False(line.Erase));
        Assert.True(given.Get<ArtifactStore>().Contains(retired.Artifact));
    }

    [DatabaseFact]
    public async Task Another_class_counts_from_the_moment_it_is_chosen()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RetiredAsync(given);
        RetainedItem item = RetainedItem.Of(version.Model);
        ChangeRetention change = given.Get<ChangeRetention>();
        Assert.IsType<RetentionOutcome.Changed>(await change.ChooseAsync(Actor.Person(given.Operator), item, "permanent", "Kept for research.", default));
        given.Clock.Now = given.Clock.Now.AddYears(50);
        Assert.Empty(await RunAsync(given));

        Assert.IsType<RetentionOutcome.Changed>(await change.ChooseAsync(Actor.Person(given.Operator), item, "short", "It was an experiment.", default));
        Assert.True(Assert.Single(await RunAsync(given)).Erase);
    }

    [DatabaseFact]
    public async Task What_was_erased_and_is_registered_again_is_there_again()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RetiredAsync(given);
        given.Clock.Now = given.Clock.Now.AddYears(8);
        await RunAsync(given);

        Model other = await given.ModelAsync("other");
        await given.VersionAsync(other); // the same bytes, registered anew
        await given.Get<SweepArtifacts>().RunAsync(default);

        Assert.Equal("weights"u8.ToArray(), await given.Get<ArtifactStore>().ReadAsync(version.Artifact, default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
        Assert.Empty((await given.Get<VerifyArtifacts>().RunAsync(default)).Faults);
    }

    // The rows are listed, the file goes, then its fault is looked into.
    [DatabaseFact]
    public async Task What_is_erased_while_the_store_is_read_is_not_missing()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RetiredAsync(given);
        ArtifactStore store = given.Get<ArtifactStore>();
        given.Clock.Now = given.Clock.Now.AddYears(8);
        File.Delete(store.PathOf(version.Artifact));
        VerifyArtifacts beside = new(new SecondLook(given.Get<IDbContextFactory<GovernanceDb>>(), () => RunAsync(given)), store, given.Clock);

        Assert.Equal(ArtifactFaultKind.Missing, Assert.Single((await given.Get<VerifyArtifacts>().RunAsync(default)).Faults).Kind);
        Assert.Empty((await beside.RunAsync(default)).Faults);
    }

    // Killed between the commit and the file: the fact says erased, the file is there.
    [DatabaseFact]
    public async Task What_a_killed_run_left_is_removed_at_the_next_start()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RetiredAsync(given);
        ArtifactStore store = given.Get<ArtifactStore>();
        byte[] file = await File.ReadAllBytesAsync(store.PathOf(version.Artifact));
        given.Clock.Now = given.Clock.Now.AddYears(8);
        await RunAsync(given);
        await File.WriteAllBytesAsync(store.PathOf(version.Artifact), file);
        given.Clock.Now = TimeProvider.System.GetUtcNow().AddDays(1);

        await given.Get<SweepArtifacts>().RunAsync(default);

        Assert.False(store.Contains(version.Artifact));
    }

    [DatabaseFact]
    public async Task Only_the_right_persons_hold_choose_and_erase()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        RetainedItem item = RetainedItem.Of(version.Model);
        ChangeRetention change = given.Get<ChangeRetention>();

        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer, given.Auditor])
        {
            Assert.IsType<RetentionOutcome.Refused>(await change.HoldAsync(Actor.Person(user), item, "x", default));
            Assert.IsType<RetentionOutcome.Refused>(await change.ChooseAsync(Actor.Person(user), item, "short", "x", default));
            Assert.IsType<EraseOutcome.Refused>(await given.Get<EraseDue>().RunAsync(Actor.Person(user), false, default));
        }

        Assert.IsType<RetentionOutcome.NoSuchItem>(await change.HoldAsync(Actor.Person(given.Stranger), item, "x", default));
        Assert.IsType<RetentionOutcome.NoSuchItem>(await change.HoldAsync(Actor.Person(given.Administrator), item, "x", default));
        Assert.IsType<RetentionOutcome.Refused>(await change.ChooseAsync(Actor.Person(given.Approver), item, "short", "x", default));
        Assert.Equal("no-reason", Assert.IsType<RetentionOutcome.Refused>(await change.HoldAsync(Actor.Person(given.Operator), item, " ", default)).Reason.Code);
        Assert.Equal("no-class", Assert.IsType<RetentionOutcome.Refused>(await change.ChooseAsync(Actor.Person(given.Operator), item, "long", "x", default)).Reason.Code);
    }

    private static async Task<ModelVersion> RetiredAsync(Given given)
    {
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Developer, version, StageRequest.Retire));
        return version;
    }

    private static async Task<IReadOnlyList<ErasureLine>> RunAsync(Given given, bool dryRun = false) =>
        Assert.IsType<EraseOutcome.Done>(await given.Get<EraseDue>().RunAsync(Actor.Person(given.Operator), dryRun, default)).Lines;

    // Something else happens before the database is asked for the second time.
    private sealed class SecondLook(IDbContextFactory<GovernanceDb> contexts, Func<Task> before) : IDbContextFactory<GovernanceDb>
    {
        private int asked;

        public GovernanceDb CreateDbContext() => throw new NotSupportedException();

        public async Task<GovernanceDb> CreateDbContextAsync(CancellationToken cancellationToken)
        {
            if (++asked == 2)
            {
                await before();
            }

            return await contexts.CreateDbContextAsync(cancellationToken);
        }
    }

    private static DateTimeOffset At(string day) => new(DateTime.Parse(day), TimeSpan.Zero);

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "link")]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string path,
        [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string second);
}
