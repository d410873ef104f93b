using Governance.Registry.Artifacts;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Uploads;

/// <summary>Removes expired uploads and leftovers of the store now and then, as long as the portal runs.</summary>
internal sealed partial class SweepRegularly(
    SweepUploads uploads, SweepArtifacts artifacts, TimeProvider clock, ILogger<SweepRegularly> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the portal stops
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            Swept(log, uploads.Run(), await artifacts.RunAsync(stoppingToken));
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            NotSwept(log, StorageFault.SentenceOf(fault) ?? fault.Message); // a full disk, or a database that is away, is no reason to end the portal; the next turn may do better
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Removed {Uploads} expired uploads and {Files} leftovers of the store.")]
    private static partial void Swept(ILogger log, int uploads, int files);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leftovers stay for now: {Sentence}")]
    private static partial void NotSwept(ILogger log, string sentence);
}
