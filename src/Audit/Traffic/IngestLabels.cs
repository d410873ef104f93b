using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Ingestion;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic;

/// <summary>Takes labels, before or after their rows. A label sent again with another value is a correction from its time on.</summary>
/// <remarks>Whoever calls has judged that the sender may. The same batch twice counts once; what is acknowledged is there for good.</remarks>
public sealed class IngestLabels(
    TrafficSeats seats, TrafficQueries queries, CommitTraffic commit, ArtifactStore store, SignalTrigger schedules, TimeProvider clock)
{
    /// <summary>Takes a batch.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="batchKey">What the sender calls this batch; 1 to 200 characters.</param>
    /// <param name="batch">The labels.</param>
    /// <param name="cancellationToken">Ends it before the commit, and nothing happened.</param>
    /// <exception cref="InputException">The key was used for other labels.</exception>
    public async Task<IngestOutcome> RunAsync(DeploymentId deployment, string batchKey, LabelBatch batch, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(batchKey);
        ArgumentNullException.ThrowIfNull(batch);
        PrintKey print = await seats.KeyAsync(cancellationToken);
        LabelsFile all = new(print.OfIds(batch.Ids), [.. batch.Labels], [.. batch.KnownAt.Select(DayRows.MicrosOf)]);
        FactDigest key = IngestTraffic.KeyOf(batchKey);
        FactDigest content = ContentOf(all);
        (TrafficSeat seat, IDisposable turn) = await seats.TakeAsync(deployment, cancellationToken);
        using (turn)
        {
            while (true)
            {
                if (await queries.BatchAsync(deployment, TrafficKind.Labels, key, cancellationToken) is AcceptedBatch before)
                {
                    if (before.Content != content)
                    {
                        throw new InputException("This key was used for another batch of labels. Give each batch a key of its own.");
                    }

                    await TellAsync(deployment, key, before.Rows, cancellationToken);
                    return IngestOutcome.Of(before);
                }

                long after = await seat.LearnLabelsAsync(cancellationToken);
                try
                {
                    (List<int> added, int corrections) = seat.Labels.Add(all);
                    NewChunk[] chunks = added.Count == 0 ? [] : [await WriteChunks.LabelsAsync(store, all.Take(added), cancellationToken)];
                    AcceptedBatch accepted = new(
                        deployment, TrafficKind.Labels, key, content, added.Count, all.Count - added.Count, corrections, Microseconds.Truncate(clock.GetUtcNow()));
                    if (await commit.RunAsync(deployment, after, chunks, accepted, cancellationToken) == CommitResult.Committed)
                    {
                        seat.LabelsCommitted(chunks.Length);
                        await TellAsync(deployment, key, added.Count, cancellationToken);
                        return new IngestOutcome(added.Count, all.Count - added.Count, corrections, false);
                    }

                    commit.Discard(chunks.Select(chunk => chunk.Raw!.Digest));
                }
                catch
                {
                    seats.Forget(deployment);
                    throw;
                }

                seat.ForgetLabels(); // what was added did not come
            }
        }
    }

    // Told again with each try, and counted once: whoever was cut before it was told sends the batch again.
    private Task TellAsync(DeploymentId deployment, FactDigest key, int count, CancellationToken cancellationToken) => count == 0
        ? Task.CompletedTask
        : schedules.RunAsync(new TriggerEvent.LabelsArrived(deployment, key.Hex, count), cancellationToken);

    private static FactDigest ContentOf(LabelsFile labels)
    {
        StringBuilder text = new();
        for (int i = 0; i < labels.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{labels.Prints[i]:x16}\u001f{labels.Labels[i]}\n");
        }

        return new FactDigest(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }
}
