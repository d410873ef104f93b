using Governance.Registry.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace Governance.Portal.Scheduling;

/// <summary>What schedules need of a host.</summary>
internal static class SchedulingServices
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>Adds what plans, runs and settles schedules, without a clock: enough for one command.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddTransient<PlanSchedule>();
        services.AddTransient<RunSchedule>();
        services.AddTransient<RunScheduledAudit>();
        services.AddTransient<RunScheduledMonitors>();
        services.AddTransient<TellSchedules>();
        services.AddTransient<SettleRuns>();
        services.AddTransient<FindTriggers>();
        services.AddTransient<WatchTriggers>();
        services.AddTransient<RemindOfDeadlines>();
        return services;
    }

    /// <summary>Adds the clock as well: Quartz with its tables in the registry's own database, clustered on PostgreSQL.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">Which database.</param>
    public static IServiceCollection AddScheduleClock(this IServiceCollection services, RegistryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSchedules();
        services.AddQuartz(quartz => Configure(quartz, options));
        services.AddSingleton<QuartzClock>();
        services.AddSingleton<KeepSchedules>();
        services.AddHostedService(provider => provider.GetRequiredService<KeepSchedules>());
        return services;
    }

    internal static void Configure(IQuartzBuilder quartz, RegistryOptions options)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "governance";
            scheduler.GenerateInstanceId = true;
        });
        quartz.UseDefaultThreadPool(2);
        quartz.UsePersistentStore(store =>
        {
            store.ConfigureStore(tables => tables.SchemaProvisioning = SchemaProvisioning.CreateIfMissing);
            if (options.IsPostgreSql)
            {
                store.UsePostgres(NpgsqlFactory.Instance, options.EffectiveConnectionString);
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = Beat;
                    cluster.CheckinMisfireThreshold = 2 * Beat;
                });
            }
            else
            {
                store.UseSqlite(SqliteFactory.Instance, options.EffectiveConnectionString);
            }
        });
    }
}
