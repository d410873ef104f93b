using Governance.Registry.Protection;
using Governance.Registry.Schedules;
using Quartz;

namespace Governance.Portal.Scheduling;

/// <summary>What Quartz fires for a tick: the key's name is the schedule.</summary>
/// <remarks>
/// What is due is judged from the rows, so that a fire that comes late, twice or after a crash does what is missing and no
/// more. One schedule never runs beside itself, in the whole cluster.
/// </remarks>
[DisallowConcurrentExecution]
internal sealed partial class ScheduleJob(RunSchedule run, ILogger<ScheduleJob> log) : IJob
{
    /// <summary>The group of all keys of ours.</summary>
    public const string Group = "schedules";

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ScheduleId schedule = new(Guid.Parse(context.JobDetail.Key.Name));
        try
        {
            await run.TickAsync(schedule, cancellationToken);
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            Away(log, schedule, fault); // who keeps the schedules finds the tick again
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {Schedule} could not be looked at; it will be in a moment.")]
    private static partial void Away(ILogger logger, ScheduleId schedule, Exception fault);
}
