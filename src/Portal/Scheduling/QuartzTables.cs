using Governance.Registry.Storage;
using Quartz;

namespace Governance.Portal.Scheduling;

/// <summary>Makes Quartz's own tables where they are missing, for an owner of the database whose portal may not.</summary>
internal static class QuartzTables
{
    /// <summary>Makes them; nothing that is there is changed.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task MakeAsync(RegistryOptions options, CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddQuartz(quartz => SchedulingServices.Configure(quartz, options));
        await using ServiceProvider provider = services.BuildServiceProvider();
        IScheduler scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }
}
