using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Governance.Audit.Serving;

/// <summary>The registrations of serving.</summary>
public static class ServingServices
{
    /// <summary>Adds what brings versions into memory and runs their rows.</summary>
    public static void AddServing(this IServiceCollection services)
    {
        services.TryAddSingleton(new ServingOptions());
        services.AddSingleton<ServingInstruments>();
        services.AddSingleton<ServingMeters>();
        services.AddSingleton<RunTurns>();
        services.AddSingleton<ServingDoor>();
        services.AddSingleton<CurrentServing>();
        services.AddSingleton<LoadHosted>();
        services.AddTransient<DescribeServed>();
        services.AddTransient<FindServed>();
        services.AddSingleton<LiveDeployments>();
        services.AddSingleton<ServedTraffic>();
        services.AddSingleton<RescoreServed>();
        services.AddSingleton<ShadowTraffic>();
        services.AddHostedService(provider => provider.GetRequiredService<ShadowTraffic>());
        services.AddHostedService<WarmUp>();
        services.AddSingleton<JobFiles>();
        services.AddSingleton<JobBook>();
        services.AddHostedService<RunJobs>();
    }
}
