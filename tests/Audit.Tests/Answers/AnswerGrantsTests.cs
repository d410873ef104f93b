using Governance.Audit.Answers;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Audit.Tests.Answers;

/// <summary>What is remembered of people's rights between answers, on a real database whose readings are counted.</summary>
public sealed class AnswerGrantsTests : IAsyncLifetime, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-grants-").FullName;
    private readonly MovableClock clock = new();
    private readonly MovableClock watchClock = new(); // the ledger is looked at by a clock of its own
    private ServiceProvider services = default!;
    private CountingContexts contexts = default!;
    private AnswerGrants grants = default!;
    private UserId dev;

    public async Task InitializeAsync()
    {
        services = new ServiceCollection().AddSingleton<TimeProvider>(clock)
            .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") })
            .BuildServiceProvider();
        await services.GetRequiredService<MigrateDatabase>().RunAsync(default);
        dev = ((AddUserOutcome.Added)await services.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser("dev", "D. Dev", "correct horse battery", new HashSet<Role> { Role.Developer }), default)).Person.Id;
        await services.GetRequiredService<RegisterModel>().RunAsync(Actor.Person(dev), new NewModel("credit", "Credit", "Is asked.", RiskTier.Low), default);
        using MemoryStream file = new("weights"u8.ToArray());
        Assert.IsType<RegisterVersionOutcome.Registered>(await services.GetRequiredService<RegisterVersion>().RunAsync(
            Actor.Person(dev), new NewVersion("credit", file, 1 << 10, "{}"u8.ToArray(), null, []), default));
        contexts = new CountingContexts(services.GetRequiredService<IDbContextFactory<GovernanceDb>>());
        grants = ActivatorUtilities.CreateInstance<AnswerGrants>(
            services, ActivatorUtilities.CreateInstance<DecideAccess>(services, contexts), ActivatorUtilities.CreateInstance<LedgerWatch>(services, watchClock), clock);
    }

    [Fact]
    public async Task Fifty_who_come_at_once_share_one_reading()
    {
        contexts.Gate = new TaskCompletionSource();
        Task<AnswerGrant>[] callers = [.. Enumerable.Range(0, 50).Select(_ => Task.Run(() => AskAsync()))];
        await contexts.SomeoneWaits;
        contexts.Gate.SetResult();
        AnswerGrant[] got = await Task.WhenAll(callers);

        Assert.All(got, grant => Assert.Same(got[0], grant));
        Assert.True(got[0].Access.Decision.Allowed);
        Assert.Equal(1, contexts.Made); // the right, the coefficients and the rows together
    }

    [Fact]
    public async Task Under_steady_traffic_nobody_waits_for_the_database()
    {
        AnswerGrant first = await AskAsync();
        clock.Move(AnswerGrants.MaxAge * 0.6);
        contexts.Gate = new TaskCompletionSource();

        Task<AnswerGrant> meanwhile = AskAsync();
        Assert.True(meanwhile.IsCompletedSuccessfully); // although the database does not answer
        Assert.Same(first, await meanwhile);
        contexts.Gate.SetResult();
        while (ReferenceEquals(first, await AskAsync()))
        {
            await Task.Delay(5);
        }

        clock.Move(AnswerGrants.MaxAge * 0.8); // 1.4 ages after the first reading, 0.8 after the second
        contexts.Gate = new TaskCompletionSource();
        Assert.True(AskAsync().IsCompletedSuccessfully);
        contexts.Gate.SetResult();
    }

    [Fact]
    public async Task What_another_process_changed_counts_as_soon_as_its_entry_is_seen()
    {
        Assert.True((await AskAsync()).Access.Decision.Allowed);
        await using ServiceProvider other = new ServiceCollection()
            .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") })
            .BuildServiceProvider();
        Assert.IsType<ChangeAccountOutcome.Changed>(await other.GetRequiredService<ChangeAccount>().RunAsync(
            Actor.System, dev, new HashSet<Role> { Role.Developer }, deactivated: true, default));

        watchClock.Move(LedgerWatch.MaxAge);

        Assert.False((await AskAsync()).Access.Decision.Allowed);
    }

    [Fact]
    public async Task A_grant_ends_to_the_moment()
    {
        UserId guest = ((AddUserOutcome.Added)await services.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser("guest", "G. Guest", "correct horse battery", new HashSet<Role> { Role.Developer }), default)).Person.Id;
        DateTimeOffset ends = clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        Assert.IsType<GrantOutcome.Granted>(await services.GetRequiredService<GrantAccess>().RunAsync(
            Actor.System, new NewGrant(GrantHolder.Of(guest), "credit") { ExpiresAt = ends }, default));
        Assert.True((await AskAsync(guest)).Access.Decision.Allowed);

        clock.Move(TimeSpan.FromSeconds(20));

        Assert.False((await AskAsync(guest)).Access.Decision.Allowed);
    }

    [Fact]
    public async Task A_reading_that_failed_is_not_remembered()
    {
        contexts.Gate = new TaskCompletionSource();
        contexts.Gate.SetException(new IOException("The disk is away."));
        await Assert.ThrowsAsync<IOException>(AskAsync);

        contexts.Gate = null;
        Assert.True((await AskAsync()).Access.Decision.Allowed);
    }

    public Task DisposeAsync() => services.DisposeAsync().AsTask();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<AnswerGrant> AskAsync() => AskAsync(dev);

    private Task<AnswerGrant> AskAsync(UserId who) => grants.OfAsync(who, Right.Predict, "credit", 1, default).AsTask();

    private sealed class CountingContexts(IDbContextFactory<GovernanceDb> inner) : IDbContextFactory<GovernanceDb>
    {
        private readonly TaskCompletionSource waits = new();
        private int made;

        public TaskCompletionSource? Gate { get; set; }

        public int Made => made;

        public Task SomeoneWaits => waits.Task;

        public GovernanceDb CreateDbContext() => throw new NotSupportedException();

        public async Task<GovernanceDb> CreateDbContextAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref made);
            waits.TrySetResult();
            if (Gate is TaskCompletionSource gate)
            {
                await gate.Task;
            }

            return await inner.CreateDbContextAsync(cancellationToken);
        }
    }

    private sealed class MovableClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Move(TimeSpan by) => now += by;
    }
}
