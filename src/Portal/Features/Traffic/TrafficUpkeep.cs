using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Storage;
using Governance.Registry.Traffic;

namespace Governance.Portal.Features.Traffic;

/// <summary>Puts small chunks together while the portal runs, and forgets halves of calls whose other half never came.</summary>
/// <param name="deployments">Which there are.</param>
/// <param name="compact">Puts together.</param>
/// <param name="halves">Forgets.</param>
/// <param name="clock">Says when.</param>
internal sealed class TrafficUpkeep(DeploymentQueries deployments, CompactTraffic compact, TrafficHalves halves, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await OnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // the host ends
        }
    }

    private async Task OnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (DeploymentView view in await deployments.AllLiveAsync(cancellationToken))
            {
                await compact.RunAsync(view.Deployment.Id, cancellationToken);
            }

            await halves.SweepAsync(cancellationToken);
        }
        catch (Exception fault) when ((StorageFault.SentenceOf(fault) ?? DatabaseFault.SentenceOf(fault)) is not null)
        {
            // what was not put together is put together next time
        }
    }
}
