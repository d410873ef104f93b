namespace Governance.Portal.Features.Ledger;

/// <summary>What the ledger needs of the host.</summary>
internal static class LedgerServices
{
    /// <summary>Adds the worker that seals, and its health.</summary>
    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<CheckpointHealth>();
        services.AddHostedService<SealRegularly>();
        services.AddHealthChecks().AddCheck<CheckpointHealth>("checkpoints", tags: [HealthEndpoints.Ready]);
    }
}
