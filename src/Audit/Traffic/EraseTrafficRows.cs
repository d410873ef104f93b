using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Ingestion;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Governance.Registry.Traffic;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Traffic;

/// <summary>What was erased.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Labels">Labels.</param>
public sealed record ErasedTraffic(long Rows, long Labels);

/// <summary>Erases the rows and labels of ids for good; an operator of the model may. What was counted of the chunks is counted anew.</summary>
/// <remarks>
/// Chunks that held some are written again without them and their files destroyed; a fact says how many went, by whom and why, with a
/// keyed digest of the ids. Readings of monitors made before stay as they are. Rows whose retention has ended are gone already.
/// </remarks>
public sealed class EraseTrafficRows(
    TrafficSeats seats, DeploymentQueries deployments, TrafficQueries queries, CommitTraffic commit, TrafficHalves halves, ArtifactStore store,
    PrivacyKey privacy, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The most ids at once.</summary>
    public const int MostIds = 10_000;

    /// <summary>Erases.</summary>
    /// <param name="actor">Who erases.</param>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="ids">The rows' ids.</param>
    /// <param name="reason">Why, such as the number of the request; not the person's name.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    /// <exception cref="InputException">A rule forbids it; the sentence says which.</exception>
    public async Task<ErasedTraffic> RunAsync(
        Actor actor, DeploymentId deployment, IReadOnlyCollection<string> ids, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(ids);
        await JudgeAsync(actor, deployment, cancellationToken);
        if (ids.Count is 0 or > MostIds)
        {
            throw new InputException($"Name 1 to {MostIds:N0} ids of rows.");
        }

        PersonalText text = string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength
            ? throw new InputException($"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept with the erasure.")
            : PersonalText.Write(reason.Trim());
        PrintKey key = await seats.KeyAsync(cancellationToken);
        HashSet<ulong> prints = [.. key.OfIds([.. ids])];
        FactDigest list = new(await privacy.OfAsync("traffic ids\n" + string.Join('\n', ids.Order(StringComparer.Ordinal)), cancellationToken));
        (TrafficSeat seat, IDisposable turn) = await seats.TakeAsync(deployment, cancellationToken);
        using (turn)
        {
            while (true)
            {
                long after = Math.Max(await seat.LearnRowsAsync(cancellationToken), await seat.LearnLabelsAsync(cancellationToken));
                Without without = await RewriteAsync(deployment, prints, cancellationToken);
                if (without.Old.Count == 0)
                {
                    return new ErasedTraffic(0, 0);
                }

                CommitResult result = await commit.EraseAsync(
                    actor, after, without.Old, without.New,
                    now => new TrafficErasure(
                        TrafficErasureId.New(), deployment, TrafficErasureCause.Subject, without.Rows, without.Labels, without.Days.Min(), without.Days.Max(),
                        list, text.Digest, actor.User, now),
                    text, cancellationToken);
                if (result == CommitResult.Committed)
                {
                    seats.Forget(deployment); // it remembers labels that are gone
                    await halves.ChangeAsync(deployment, [], [.. ids.Select(IngestTraffic.KeyOf)], cancellationToken);
                    return new ErasedTraffic(without.Rows, without.Labels);
                }

                commit.Discard(without.New.SelectMany(chunk => (StoredArtifact?[])[chunk.Raw, chunk.Summary]).OfType<StoredArtifact>().Select(file => file.Digest));
            }
        }
    }

    private async Task JudgeAsync(Actor actor, DeploymentId deployment, CancellationToken cancellationToken)
    {
        if (actor.User is not UserId user || await deployments.FindAsync(user, deployment, cancellationToken) is not (DeploymentView view, Standing standing))
        {
            throw new InputException("There is no such deployment.");
        }

        if (standing.RefusalFor(Right.Operate) is Refusal refusal)
        {
            throw new InputException(refusal.Sentence);
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        (Guid model, Guid own) = (view.Deployment.Model.Value, deployment.Value);
        if (await db.Holds.AnyAsync(hold => hold.ReleasedAt == null && (hold.Item == model || hold.Item == own), cancellationToken))
        {
            throw new InputException("The model or the traffic of this deployment is under a legal hold; release the hold first.");
        }
    }

    private async Task<Without> RewriteAsync(DeploymentId deployment, HashSet<ulong> prints, CancellationToken cancellationToken)
    {
        Without without = new();
        foreach (StoredChunk chunk in await queries.ChunksAsync(deployment, TrafficKind.Rows, null, null, cancellationToken))
        {
            if (chunk.Raw is not ArtifactDigest raw)
            {
                continue;
            }

            byte[] bytes = await store.ReadAsync(raw, cancellationToken);
            int[] kept = Kept(RowsFile.ReadPrints(bytes).Ids, prints);
            if (kept.Length < chunk.Chunk.Rows)
            {
                NewChunk? rewritten = null;
                if (kept.Length > 0)
                {
                    SummaryLayout layout = SummaryFile.ReadLayout(await store.ReadAsync(chunk.Summary!.Value, cancellationToken));
                    rewritten = await WriteChunks.OneAsync(store, layout, RowsFile.Read(bytes, null).Take(kept), cancellationToken);
                }

                without.Rows += chunk.Chunk.Rows - kept.Length;
                without.Add(chunk.Chunk, rewritten);
            }
        }

        foreach (StoredChunk chunk in await queries.ChunksAsync(deployment, TrafficKind.Labels, null, null, cancellationToken))
        {
            LabelsFile labels = LabelsFile.Read(await store.ReadAsync(chunk.Raw!.Value, cancellationToken));
            int[] kept = Kept(labels.Prints, prints);
            if (kept.Length < labels.Count)
            {
                without.Labels += labels.Count - kept.Length;
                without.Add(chunk.Chunk, kept.Length == 0 ? null : await WriteChunks.LabelsAsync(store, labels.Take(kept), cancellationToken));
            }
        }

        return without;
    }

    private static int[] Kept(ulong[] prints, HashSet<ulong> gone) => [.. Enumerable.Range(0, prints.Length).Where(i => !gone.Contains(prints[i]))];

    private sealed class Without
    {
        public List<Guid> Old { get; } = [];

        public List<NewChunk> New { get; } = [];

        public List<DateOnly> Days { get; } = [];

        public long Rows { get; set; }

        public long Labels { get; set; }

        public void Add(TrafficChunk old, NewChunk? rewritten)
        {
            Old.Add(old.Id);
            Days.Add(old.Day);
            if (rewritten is not null)
            {
                New.Add(rewritten);
            }
        }
    }
}
