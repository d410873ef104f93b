using System.Text;
using Governance.Audit;
using Governance.Audit.Runs;
using Governance.Portal.Features.Models;
using Governance.Portal.Scheduling;
using Governance.Portal.Tests.Accounts;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Scheduling;

/// <summary>What a schedule does as time goes by, with a clock that a test moves: the rows decide, no timer runs.</summary>
public sealed class RunScheduleTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly string folder = Directory.CreateTempSubdirectory("governance-schedules-").FullName;
    private readonly MovableClock clock = new();
    private ServiceProvider services = default!;
    private UserId dev;
    private UserId otto;
    private UserId ada;

    public async Task InitializeAsync()
    {
        services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddLogging()
            .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") })
            .AddAudit(QuarantineCommand.Options).AddSchedules().BuildServiceProvider();
        await MigratedDatabase.PlaceAsync(Get<RegistryOptions>());
        await Get<MigrateDatabase>().RunAsync(default);
        (dev, otto, ada) = (await UserAsync("dev", Role.Developer), await UserAsync("otto", Role.Operator), await UserAsync("ada", Role.Administrator));
        await Get<RegisterModel>().RunAsync(Actor.Person(dev), new NewModel("credit", "Credit", "Decides on credit.", RiskTier.Low), default);
        await Get<GrantAccess>().RunAsync(Actor.System, otto, "credit", GrantExtras.None, default);
        using MemoryStream rows = new("x,y\n1,0\n2,1\n"u8.ToArray());
        Assert.IsType<RegisterDatasetOutcome.Registered>(await Get<RegisterDataset>().RunAsync(
            Actor.Person(dev), new NewDataset("rows", "Rows", rows, 100, 2, [new DatasetColumn("x", ColumnKind.Numeric, ColumnRole.Feature), new DatasetColumn("y", ColumnKind.Numeric, ColumnRole.Label)], "1", "1"), default));
        await VersionAsync("weights");
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_downtime_every_missed_tick_is_written_down_and_one_run_makes_up_for_all()
    {
        Schedule daily = await ScheduleAsync("0 0 6 * * ?");
        clock.Move(TimeSpan.FromDays(3));

        await TickAsync(daily);
        await TickAsync(daily); // any node, as often as one likes

        IReadOnlyList<ScheduleRunView> runs = await RunsAsync(daily);
        Assert.Equal([ScheduleRunState.Scheduled, ScheduleRunState.Missed, ScheduleRunState.Missed, ScheduleRunState.Missed], runs.Select(run => run.State));
        Assert.Equal(ScheduleRunCause.CatchUp, runs[0].Row.Cause);
        Assert.Equal(otto, runs[0].Audit!.RequestedBy);
        Assert.Equal([4, 3, 2], runs.Skip(1).Select(run => run.Row.DueAt.Day));
        AlertView alert = Assert.Single(await AlertsAsync());
        Assert.Equal(TellSchedules.MissedRun, alert.Entry.Alert.Monitor);
    }

    [Fact]
    public async Task A_run_that_is_still_going_is_never_run_beside()
    {
        Schedule daily = await ScheduleAsync("0 0 6 * * ?");
        clock.Move(TimeSpan.FromHours(22));
        await TickAsync(daily); // 06:00 on time, its audit waits in the queue
        clock.Move(TimeSpan.FromDays(1));
        await TickAsync(daily);

        IReadOnlyList<ScheduleRunView> runs = await RunsAsync(daily);
        Assert.Equal([ScheduleRunState.Missed, ScheduleRunState.Scheduled], runs.Select(run => run.State));
        Assert.Contains("still going on", runs[0].Message, StringComparison.Ordinal);

        await Get<EndRun>().RunAsync(runs[1].Audit!.Id, RunStatus.Failed, "No rows.", default);
        Assert.Equal(1, await Get<SettleRuns>().RunAsync(default));
        Assert.Equal(0, await Get<SettleRuns>().RunAsync(default));
        Assert.Contains(await AlertsAsync(), alert => alert.Entry.Alert.Monitor == TellSchedules.FailedRun);
        clock.Move(TimeSpan.FromDays(1));
        await TickAsync(daily);
        Assert.Equal(ScheduleRunState.Scheduled, (await RunsAsync(daily))[0].State);
    }

    [Fact]
    public async Task An_owner_who_lost_the_right_finds_the_run_failed_in_words_and_an_alert()
    {
        Schedule daily = await ScheduleAsync("0 0 6 * * ?");
        Assert.IsType<ChangeAccountOutcome.Changed>(
            await Get<ChangeAccount>().RunAsync(Actor.Person(ada), otto, new HashSet<Role> { Role.Auditor }, deactivated: false, default));
        clock.Move(TimeSpan.FromHours(22));

        await TickAsync(daily);

        ScheduleRunView run = Assert.Single(await RunsAsync(daily));
        Assert.Equal(ScheduleRunState.Failed, run.State);
        Assert.Contains("does not run audits", run.Message, StringComparison.Ordinal);
        Assert.Equal(TellSchedules.FailedRun, Assert.Single(await AlertsAsync()).Entry.Alert.Monitor);
        Assert.IsType<LedgerVerdict.Holds>(await Get<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task Ticks_of_a_pause_are_neither_run_nor_missed()
    {
        Schedule daily = await ScheduleAsync("0 0 6 * * ?");
        await Get<StepSchedule>().RunAsync(Actor.Person(otto), daily.Id, ScheduleStepKind.Paused, "The data moves.", default);
        clock.Move(TimeSpan.FromDays(5));
        await TickAsync(daily);
        await Get<StepSchedule>().RunAsync(Actor.Person(otto), daily.Id, ScheduleStepKind.Resumed, null, default);
        await TickAsync(daily);

        Assert.Empty(await RunsAsync(daily));
        clock.Move(TimeSpan.FromHours(22));
        await TickAsync(daily);
        Assert.Equal(ScheduleRunCause.Clock, Assert.Single(await RunsAsync(daily)).Row.Cause);
    }

    [Fact]
    public async Task A_clock_set_forward_and_back_again_neither_sleeps_nor_runs_a_tick_twice()
    {
        Schedule daily = await ScheduleAsync("0 0 6 * * ?");
        clock.Move(TimeSpan.FromDays(2));
        await TickAsync(daily);
        await Get<EndRun>().RunAsync((await RunsAsync(daily))[0].Audit!.Id, RunStatus.Failed, "No rows.", default);
        await Get<SettleRuns>().RunAsync(default);
        int before = (await RunsAsync(daily)).Count;
        clock.Move(-TimeSpan.FromDays(2)); // it was wrong

        await TickAsync(daily);
        Assert.Equal(before, (await RunsAsync(daily)).Count);
        clock.Move(TimeSpan.FromDays(3) - TimeSpan.FromHours(2)); // 06:00 of the day after the ones that were jumped over
        await TickAsync(daily);
        Assert.Equal((ScheduleRunCause.Clock, before + 1), ((await RunsAsync(daily))[0].Row.Cause, (await RunsAsync(daily)).Count));
    }

    [Fact]
    public async Task Each_new_version_is_audited_once()
    {
        Schedule fresh = Assert.IsType<AddScheduleOutcome.Added>(await Get<AddSchedule>().RunAsync(
            Actor.Person(otto), "credit", Plan with { Name = "fresh", Trigger = ScheduleTrigger.NewVersion }, default)).Schedule;
        ScheduleEntry entry = (await Get<ScheduleQueries>().EntryAsync(fresh.Id, default))!;
        clock.Move(TimeSpan.FromMinutes(1));
        ModelVersionId second = await VersionAsync("other weights");

        await Get<WatchTriggers>().RunAsync(entry, default);
        await Get<WatchTriggers>().RunAsync(entry, default);

        ScheduleRunView run = Assert.Single(await RunsAsync(fresh));
        Assert.Equal((second, ScheduleRunCause.Trigger, 2), (run.Row.Version, run.Row.Cause, run.Number));
    }

    private static SchedulePlan Plan => new()
    {
        Name = "daily", Work = ScheduleWork.Audit, Trigger = ScheduleTrigger.Clock,
        Spec = Encoding.UTF8.GetString(AuditSpecJson.Write(new AuditOptions { Name = "Daily", Evaluation = "rows", Background = "rows", Explanation = new ExplanationOptions { Rows = 0 } })),
    };

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private Task TickAsync(Schedule schedule) => Get<RunSchedule>().TickAsync(schedule.Id, default);

    private Task<IReadOnlyList<ScheduleRunView>> RunsAsync(Schedule schedule) => Get<ScheduleQueries>().RunsAsync([schedule.Id], null, null, 100, default);

    private async Task<IReadOnlyList<AlertView>> AlertsAsync() => await Get<AlertQueries>().VisibleToAsync(dev, default);

    private async Task<Schedule> ScheduleAsync(string cron) => Assert.IsType<AddScheduleOutcome.Added>(await Get<AddSchedule>().RunAsync(
        Actor.Person(otto), "credit", Plan with { Cron = cron, TimeZone = "UTC" }, default)).Schedule;

    private async Task<ModelVersionId> VersionAsync(string bytes)
    {
        using MemoryStream artifact = new(Encoding.UTF8.GetBytes(bytes));
        return Assert.IsType<RegisterVersionOutcome.Registered>(await Get<RegisterVersion>().RunAsync(
            Actor.Person(dev), new NewVersion("credit", artifact, 1 << 20, "{ \"threshold\": 0.50 }"u8.ToArray(), "Next.", []), default)).Version.Id;
    }

    private async Task<UserId> UserAsync(string name, Role role)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        return Assert.IsType<AddUserOutcome.Added>(await scope.ServiceProvider.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser(name, name, Password, new HashSet<Role> { role }), default)).Person.Id;
    }
}
