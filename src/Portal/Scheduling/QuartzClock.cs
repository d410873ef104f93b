using Governance.Audit.Data;
using Governance.Registry.Schedules;
using Quartz;

namespace Governance.Portal.Scheduling;

/// <summary>Keeps Quartz's persistent store in step with the schedules: one job and one trigger for each active one with a clock.</summary>
/// <remarks>
/// The facts of the registry are the truth and Quartz's tables follow from them. Nothing is started before the first schedule
/// needs it.
/// </remarks>
internal sealed partial class QuartzClock(ISchedulerFactory factory, ILogger<QuartzClock> log)
{
    private readonly HashSet<ScheduleId> kept = [];
    private IScheduler? scheduler;

    /// <summary>Brings the store in step.</summary>
    /// <param name="active">The active schedules.</param>
    /// <param name="cancellationToken">Ends it; the next call goes on.</param>
    public async Task SyncAsync(IReadOnlyList<ScheduleEntry> active, CancellationToken cancellationToken)
    {
        Schedule[] clocks = [.. active.Select(entry => entry.Schedule).Where(schedule => schedule.Trigger == ScheduleTrigger.Clock)];
        if (scheduler is null)
        {
            if (clocks.Length == 0)
            {
                return;
            }

            scheduler = await factory.GetScheduler(cancellationToken);
            foreach (JobKey key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(ScheduleJob.Group), cancellationToken))
            {
                kept.Add(new ScheduleId(Guid.Parse(key.Name)));
            }

            await DropAsync(clocks, cancellationToken);
            await scheduler.Start(cancellationToken);
        }

        await DropAsync(clocks, cancellationToken);
        foreach (Schedule schedule in clocks.Where(schedule => !kept.Contains(schedule.Id)))
        {
            await AddAsync(schedule, cancellationToken);
        }
    }

    /// <summary>Fires no more; what runs is told to stop.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (scheduler is not null)
        {
            await scheduler.Shutdown(waitForJobsToComplete: false, cancellationToken);
        }
    }

    private async Task DropAsync(Schedule[] clocks, CancellationToken cancellationToken)
    {
        foreach (ScheduleId gone in kept.Except(clocks.Select(schedule => schedule.Id)).ToArray())
        {
            await scheduler!.DeleteJob(KeyOf(gone), cancellationToken);
            kept.Remove(gone);
        }
    }

    private async Task AddAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        try
        {
            IJobDetail job = JobBuilder.Create<ScheduleJob>().WithIdentity(KeyOf(schedule.Id)).RequestRecovery().Build();
            ITrigger trigger = TriggerBuilder.Create().WithIdentity(schedule.Id.ToString(), ScheduleJob.Group).StartNow()
                .WithCronSchedule(schedule.Cron!, cron => cron.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone!))
                    .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build();
            await scheduler!.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // another node was first
        }
        catch (Exception fault) when (fault is FormatException or TimeZoneNotFoundException or SchedulerException or InputException)
        {
            Unkept(log, schedule.Id, fault); // it is looked at all the same, a little late
        }

        kept.Add(schedule.Id);
    }

    private static JobKey KeyOf(ScheduleId schedule) => new(schedule.ToString(), ScheduleJob.Group);

    [LoggerMessage(Level = LogLevel.Error, Message = "Schedule {Schedule} could not be given to the clock.")]
    private static partial void Unkept(ILogger logger, ScheduleId schedule, Exception fault);
}
