using Governance.Audit.Runs;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Tests;

/// <summary>Runs, looked at once they are over.</summary>
internal static class EndedRuns
{
    private const int Patience = 1_200; // beats of 100 ms: two minutes

    /// <summary>Has a version audited, and waits until the evidence is sealed.</summary>
    public static async Task AuditAsync(this IServiceProvider services, Actor by, ModelVersionId version, AuditOptions options)
    {
        StartRunOutcome started = await services.GetRequiredService<RequestAudit>().RunAsync(by, version, options, default);
        AuditRunId id = Assert.IsType<StartRunOutcome.Queued>(started).Run.Id;
        await services.SealedAsync(runs => runs.Where(run => run.Id == id));
    }

    /// <summary>The evidence of the first run that is found, once it is sealed.</summary>
    public static async Task<EvidenceRecord> SealedAsync(this IServiceProvider services, Func<IQueryable<AuditRun>, IQueryable<AuditRun>> find)
    {
        AuditRun run = await services.EndedAsync(find);
        Assert.True(run.Status == RunStatus.Sealed, $"{run.Status}: {run.Message}");
        await using GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        return await db.Evidence.AsNoTracking().SingleAsync(row => row.Run == run.Id);
    }

    /// <summary>The first run that is found, once it is over.</summary>
    public static async Task<AuditRun> EndedAsync(this IServiceProvider services, Func<IQueryable<AuditRun>, IQueryable<AuditRun>> find)
    {
        for (int beat = 0; beat < Patience; beat++)
        {
            await using GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
            if (await find(db.Runs.AsNoTracking()).FirstOrDefaultAsync() is { } run && run.Status.IsOver())
            {
                return run;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The run was not over within two minutes.");
    }
}
