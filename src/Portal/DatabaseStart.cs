using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Governance.Portal;

/// <summary>
/// Brings the database up to the program's schema before the first request is answered, and removes what a killed process
/// left in the store.
/// </summary>
internal sealed class DatabaseStart(IServiceScopeFactory scopes) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MigrateDatabase>().RunAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<SweepArtifacts>().RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<GovernanceDb> contexts) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);

        // A question, because a pooled connection opens although its server is gone. A fault makes the check unhealthy.
        await db.Database.ExecuteSqlAsync($"SELECT 1", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
