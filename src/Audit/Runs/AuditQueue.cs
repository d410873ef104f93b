using Governance.Audit.Data;
using Governance.Audit.Variants;
using Governance.Registry.Evidence;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Runs;

/// <summary>Works through queued audits in this process, one after another, each on all cores.</summary>
/// <remarks>
/// The queue is the table of runs: what waits survives a restart, and a run that a dead process left behind goes on after
/// the parts that it had finished. On PostgreSQL any number of processes share the queue: each holds a lease on its run, and
/// whoever is idle takes over what nobody holds any more.
/// </remarks>
public sealed partial class AuditQueue(IServiceProvider services, ILogger<AuditQueue> logger) : BackgroundService
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim wake = new(0);
    private readonly string node = HoldLease.NewNode();

    /// <summary>Says that something was queued, so that it starts at once.</summary>
    public void Wake() => wake.Release();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool begun = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!begun)
                {
                    await services.GetRequiredService<ResumeRuns>().RunAsync(stoppingToken);
                    begun = true;
                }

                await NextAsync(stoppingToken);
            }
            catch (Exception fault) when (StoreDown.Is(fault))
            {
                // A database that is away is no reason to end the portal; what was worked on meanwhile is found again.
                LogAway(logger, fault);
                begun = false;
                await Task.Delay(IdleWait, stoppingToken);
            }
        }
    }

    private async Task NextAsync(CancellationToken stoppingToken)
    {
        if (await services.GetRequiredService<ClaimRun>().RunAsync(node, stoppingToken) is AuditRun run)
        {
            await WorkAsync(run, stoppingToken);
        }
        else if (!services.GetRequiredService<RegistryOptions>().IsPostgreSql
            || await services.GetRequiredService<ResumeRuns>().TakeOverAsync(stoppingToken) == 0)
        {
            await wake.WaitAsync(IdleWait, stoppingToken);
        }
    }

    private async Task WorkAsync(AuditRun run, CancellationToken stoppingToken)
    {
        EndRun end = services.GetRequiredService<EndRun>();
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await using HeldRun lease = new(services.GetRequiredService<HoldLease>(), run.Id, node, cancel, services.GetRequiredService<TimeProvider>());
        await using WrittenProgress progress = new(services.GetRequiredService<ReportProgress>(), run.Id, cancel);
        try
        {
            _ = AuditSpecJson.Read(run.Spec).Kind == AuditKind.Variant
                ? await services.GetRequiredService<RunVariant>().RunAsync(run, progress, cancel.Token)
                : await services.GetRequiredService<RunAudit>().RunAsync(run, Environment.ProcessorCount, progress, cancel.Token);
        }
        catch (InputException refusal)
        {
            await end.RunAsync(run.Id, RunStatus.Failed, refusal.Message, stoppingToken);
        }
        catch (OperationCanceledException) when (lease.Lost)
        {
            return; // another process took it over after a silence, and has what was finished here
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            await end.RunAsync(run.Id, RunStatus.Cancelled, "Cancelled while it ran.", stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // the row still says running, so that the next start goes on with it
        }
        catch (Exception fault) // one broken run must not stop the queue; the fault is logged and the run says so
        {
            LogFault(logger, run.Id, fault);
            await end.RunAsync(run.Id, RunStatus.Failed, "An internal error ended the run; the server's log has it.", CancellationToken.None);
        }

        services.GetRequiredService<RunCheckpoints>().Remove(run.Id);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of audits could not be read; it will be in a moment.")]
    private static partial void LogAway(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit run {Run} failed.")]
    private static partial void LogFault(ILogger logger, AuditRunId run, Exception fault);

    /// <inheritdoc/>
    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }
}
