using Governance.Audit.Traffic.Events;
using Governance.Audit.Traffic.Ingestion;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Audit.Traffic;

/// <summary>The registrations of traffic.</summary>
internal static class TrafficServices
{
    /// <summary>Adds it. What it remembers it remembers for the process.</summary>
    public static void AddTraffic(this IServiceCollection services)
    {
        services.AddSingleton<TrafficSeats>();
        services.AddTransient<LoadLayout>();
        services.AddTransient<IngestTraffic>();
        services.AddTransient<IngestLabels>();
        services.AddTransient<DescribeDeployment>();
        services.AddTransient<IngestFile>();
        services.AddTransient<CompactTraffic>();
        services.AddTransient<EraseTrafficRows>();
        services.AddSingleton<JoinEvents>();
        services.AddTransient<ReadTraffic>();
        services.AddTransient<KeepTraffic>();
        services.AddTransient<ReadSummaries>();
        services.AddSingleton<TrafficSink>();
        services.AddSingleton<ITrafficSink>(provider => provider.GetRequiredService<TrafficSink>());
        services.AddHostedService(provider => provider.GetRequiredService<TrafficSink>());
    }
}
