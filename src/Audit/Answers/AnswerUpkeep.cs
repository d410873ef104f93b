using Governance.Registry.Protection;
using Microsoft.Extensions.Hosting;

namespace Governance.Audit.Answers;

/// <summary>Writes the traffic log while the host runs, and gives unspent units back.</summary>
public sealed class AnswerUpkeep(TrafficLog log, AnswerBudgets budgets, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Ends it; what was reserved and not spent is free again.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ReturnAsync(all: true, cancellationToken);
    }

    /// <summary>Runs until the host ends.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Task.Run(() => log.RunAsync(stoppingToken), CancellationToken.None), ReturnRegularlyAsync(stoppingToken));

    private async Task ReturnRegularlyAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ReturnAsync(all: false, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // the host ends
        }
    }

    // What cannot be given back stays charged: the next orderly stop, or nobody, gives it back.
    private async Task ReturnAsync(bool all, CancellationToken cancellationToken)
    {
        try
        {
            await budgets.ReturnAsync(all, cancellationToken);
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
        }
    }
}
