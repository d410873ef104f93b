using Governance.Registry.Protection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Registry.Alerts;

/// <summary>Empties the outbox of alerts while the host runs.</summary>
public sealed partial class AlertUpkeep(DeliverAlerts deliver, TimeProvider clock, ILogger<AlertUpkeep> log) : BackgroundService
{
    private const int RoundsBetweenForgetting = 720; // an hour

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Runs until the host ends.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pause, clock);
        try
        {
            for (int round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
            {
                await RoundAsync(round % RoundsBetweenForgetting == 0, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // the host ends
        }
    }

    // A database that is away keeps the outbox: the next round sends it.
    private async Task RoundAsync(bool forget, CancellationToken cancellationToken)
    {
        try
        {
            await deliver.RunAsync(cancellationToken);
            if (forget)
            {
                await deliver.ForgetAsync(cancellationToken);
            }
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            Away(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox of alerts could not be read; it will be in a moment.")]
    private static partial void Away(ILogger logger, Exception fault);
}
