using System.Data.Common;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Ledger;

/// <summary>Seals checkpoints while the portal runs, and brings their copies to the places outside the database.</summary>
/// <remarks>
/// Woken at once by changes of this process that ask for it; looks every few seconds for those of others (the command line).
/// </remarks>
internal sealed partial class SealRegularly(
    SealCheckpoint seal, DeliverCopies deliver, WaitingEntries waiting, SealSignal signal, CheckpointHealth health, CheckpointPlaces places,
    ILogger<SealRegularly> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (places.OnlyBesideTheData)
        {
            OneDisk(log);
        }

        try
        {
            for (bool wanted = true; ; wanted = await signal.WaitAsync(Look, stoppingToken))
            {
                await TurnAsync(wanted, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the portal stops
        }
    }

    private async Task TurnAsync(bool wanted, CancellationToken stoppingToken)
    {
        try
        {
            if (wanted || await waiting.AreDueAsync(stoppingToken))
            {
                health.Note(await seal.RunAsync(stoppingToken));
            }

            await deliver.RunAsync(now: false, stoppingToken);
        }
        catch (Exception fault) when (fault is ArtifactKeyException)
        {
            health.Note(new SealOutcome.Refused(fault.Message));
            NotSealed(log, fault.Message);
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is not null || fault is DbException or DbUpdateException or InvalidOperationException)
        {
            NotSealed(log, StorageFault.SentenceOf(fault) ?? fault.Message); // no reason to end the portal: the next turn may do better
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Copies of checkpoints lie only on the disk of the data folder: set --checkpoint-file to another one, or a --witness.")]
    private static partial void OneDisk(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "No checkpoint was sealed: {Sentence}")]
    private static partial void NotSealed(ILogger log, string sentence);
}
