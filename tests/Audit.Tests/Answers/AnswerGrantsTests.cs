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
    private ServiceProvider services = default!;
    private CountingContexts contexts = default!;
    private AnswerGrants grants = default!;
    private UserId dev;

    public async Task InitializeAsync()
    {
        services = new ServiceCollection()
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
        grants = ActivatorUtilities.CreateInstance<AnswerGrants>(services, ActivatorUtilities.CreateInstance<DecideAccess>(services, contexts), clock);
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
        Assert.Equal(3, contexts.Made); // the right, the coefficients and the rows, each once
    }

    [Fact]
    public async Task Under_steady_traffic_nobody_waits_for_the_database()
    {
        AnswerGrant first = await AskAsync();
        clock.Move(TimeSpan.FromSeconds(3));
        contexts.Gate = new TaskCompletionSource();

        Task<AnswerGrant> meanwhile = AskAsync();
        Assert.True(meanwhile.IsCompletedSuccessfully); // although the database does not answer
        Assert.Same(first, await meanwhile);
        contexts.Gate.SetResult();
        while (ReferenceEquals(first, await AskAsync()))
        {
            await Task.Delay(5);
        }

        clock.Move(TimeSpan.FromSeconds(4)); // seven seconds after the first reading, four after the second
        contexts.Gate = new TaskCompletionSource();
        Assert.True(AskAsync().IsCompletedSuccessfully);
        contexts.Gate.SetResult();
    }

    [Fact]
    public async Task What_another_process_changed_counts_after_five_seconds_at_the_latest()
    {
        Assert.True((await AskAsync()).Access.Decision.Allowed);
        await using (GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync())
        {
            await db.Users.Where(user => user.Id == dev.Value).ExecuteUpdateAsync(user => user.SetProperty(each => each.Deactivated, true));
        }

        clock.Move(AnswerGrants.MaxAge);

        Assert.False((await AskAsync()).Access.Decision.Allowed);
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

    private Task<AnswerGrant> AskAsync() => grants.OfAsync(dev, Right.Predict, "credit", 1, default).AsTask();

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
