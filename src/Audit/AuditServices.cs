using Governance.Audit.Answers;
using Governance.Audit.Candidates;
using Governance.Audit.Copies;
using Governance.Audit.Ensembles;
using Governance.Audit.Mitigation;
using Governance.Audit.Monitoring;
using Governance.Audit.Privacy;
using Governance.Audit.Quarantine;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Audit.Theft;
using Governance.Audit.Theft.Gauge;
using Governance.Audit.Traffic;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Audit;

/// <summary>Every registration of this project.</summary>
public static class AuditServices
{
    /// <summary>Adds the audits: requests, runs, the quarantine of models and the queue that works through runs in this process.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="quarantine">How a model is tried in a process of its own.</param>
    public static IServiceCollection AddAudit(this IServiceCollection services, QuarantineOptions quarantine)
    {
        services.AddSingleton(quarantine);
        services.AddSingleton<ModelQuarantine>();
        services.AddTransient<AdmitVersion>();
        services.AddTransient<AdmitDataset>();
        services.AddTransient<CheckVersionCopy>();
        services.AddTransient<RegisterMitigation>();
        services.AddTransient<RegisterEnsemble>();
        services.AddTransient<RequestEnsemble>();
        services.AddTransient<RequestChoice>();
        services.AddTransient<RecordedDocuments>();
        services.AddTransient<LoadAuditInputs>();
        services.AddTransient<ShowCohorts>();
        services.AddTransient<FindSubject>();
        services.AddTransient<ExportSubject>();
        services.AddTransient<EraseSubject>();
        services.AddTransient<RunAudit>();
        services.AddTransient<RequestAudit>();
        services.AddTransient<PlaceTraffic>();
        services.AddTransient<RequestExplanation>();
        services.AddTransient<RequestReproduction>();
        services.AddTransient<EstimateExplanation>();
        services.AddAnswers();
        services.AddTraffic();
        services.AddTransient<CalibrateVersion>();
        services.AddSingleton<OpenAlarms>();
        services.AddSingleton<WatchSeats>();
        services.AddSingleton<WatchTraffic>();
        services.AddSingleton<IAnswerWatch>(provider => provider.GetRequiredService<WatchTraffic>());
        services.AddHostedService(provider => provider.GetRequiredService<WatchTraffic>());
        services.AddSingleton<GaugeAnswers>();
        services.AddHostedService(provider => provider.GetRequiredService<GaugeAnswers>());
        services.AddTransient<AssignMonitors>();
        services.AddSingleton<PrepareDeployment>();
        services.AddSingleton<RunMonitors>();
        services.AddSingleton<AuditQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditQueue>());
        return services;
    }
}
