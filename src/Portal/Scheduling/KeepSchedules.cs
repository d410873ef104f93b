using Governance.Registry.Schedules;

namespace Governance.Portal.Scheduling;

/// <summary>Keeps the schedules as long as the process runs: clocks, triggers, late ticks, runs that ended, reminders.</summary>
/// <remarks>Any number of processes do the same beside each other; the rows decide who is first.</remarks>
internal sealed partial class KeepSchedules(
    ScheduleQueries schedules, QuartzClock clock, RunSchedule run, WatchTriggers triggers, SettleRuns settle, RemindOfDeadlines reminders,
    ScheduleSignal signal, TimeProvider time, ILogger<KeepSchedules> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(1);

    private DateTimeOffset reminded = DateTimeOffset.MinValue;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host goes on starting
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await signal.WaitAsync(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the process stops
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await clock.StopAsync(cancellationToken);
    }

    /// <summary>Looks once. One broken schedule must not stop the others: what fails is logged, and tried again at the next look.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ScheduleEntry> active = [];
        await GuardAsync(async () => active = await schedules.ActiveAsync(cancellationToken), cancellationToken);
        await GuardAsync(() => clock.SyncAsync(active, cancellationToken), cancellationToken);
        await GuardAsync(() => settle.RunAsync(cancellationToken), cancellationToken);
        foreach (ScheduleEntry entry in active)
        {
            await GuardAsync(() => LookAtAsync(entry, cancellationToken), cancellationToken);
        }

        if (time.GetUtcNow() - reminded >= BetweenReminders)
        {
            await GuardAsync(() => reminders.RunAsync(cancellationToken), cancellationToken);
            reminded = time.GetUtcNow();
        }
    }

    private async Task LookAtAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Schedule.Trigger != ScheduleTrigger.Clock)
        {
            await triggers.RunAsync(entry, cancellationToken);
        }
        else if (await run.IsLateAsync(entry, cancellationToken))
        {
            await run.TickAsync(entry.Schedule.Id, cancellationToken);
        }
    }

    private async Task GuardAsync(Func<Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A schedule could not be looked at; it will be in a moment.")]
    private static partial void Failed(ILogger logger, Exception fault);
}
