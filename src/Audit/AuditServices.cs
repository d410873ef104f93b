using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Audit;

/// <summary>Every registration of this project.</summary>
public static class AuditServices
{
    /// <summary>Adds the audits: requests, runs and the queue that works through them in this process.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddTransient<AdmitVersion>();
        services.AddTransient<AdmitDataset>();
        services.AddTransient<LoadAuditInputs>();
        services.AddTransient<RunAudit>();
        services.AddTransient<RequestAudit>();
        services.AddSingleton<AuditQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditQueue>());
        return services;
    }
}
