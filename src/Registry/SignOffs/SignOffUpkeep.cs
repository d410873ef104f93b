using Governance.Registry.Protection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Registry.SignOffs;

/// <summary>Watches approvals while the host runs: every byte at the start and each hour, what looks changed and what ended each minute.</summary>
public sealed partial class SignOffUpkeep(VoidChanged changed, ExpireSignOffs expire, TimeProvider clock, ILogger<SignOffUpkeep> log) : BackgroundService
{
    private const int MinutesBetweenFullLooks = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Runs until the host ends.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host goes on starting
        using PeriodicTimer timer = new(Pause, clock);
        try
        {
            for (int minute = 0; ; minute++)
            {
                await LookAsync(minute % MinutesBetweenFullLooks == 0, stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // the host ends
        }
    }

    // A database that is away is no change of a version: the next minute looks again.
    private async Task LookAsync(bool everything, CancellationToken cancellationToken)
    {
        try
        {
            await expire.RunAsync(cancellationToken);
            await changed.SweepAsync(everything, cancellationToken);
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            Away(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Approvals could not be looked at; they will be in a minute.")]
    private static partial void Away(ILogger logger, Exception fault);
}
