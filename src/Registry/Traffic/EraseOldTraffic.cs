using System.Globalization;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Traffic;

/// <summary>Raw traffic of a deployment whose time is over.</summary>
/// <param name="Deployment">Of which deployment.</param>
/// <param name="Rows">Rows that go, or would.</param>
/// <param name="Labels">Labels that go, or would.</param>
/// <param name="Erase">Whether they go; false under a legal hold.</param>
/// <param name="Sentence">Why, in words.</param>
public sealed record OldTraffic(DeploymentId Deployment, long Rows, long Labels, bool Erase, string Sentence);

/// <summary>Erases raw rows and labels whose retention has ended. What was counted of them stays.</summary>
/// <remarks>The time of a row runs from its own day on, not from the end of its deployment.</remarks>
public sealed class EraseOldTraffic(AppendGate gate, CommitTraffic files, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Erases, or only says what would be erased.</summary>
    /// <param name="dryRun">Whether nothing is done.</param>
    /// <param name="cancellationToken">Ends it between two deployments.</param>
    public async Task<IReadOnlyList<OldTraffic>> RunAsync(bool dryRun, CancellationToken cancellationToken)
    {
        List<DeploymentId> deployments;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            deployments = await db.Deployments.OrderBy(row => row.DeployedAt).Select(row => row.Id).ToListAsync(cancellationToken);
        }

        List<OldTraffic> lines = [];
        foreach (DeploymentId deployment in deployments)
        {
            List<ArtifactDigest> gone = [];
            OldTraffic? line = await gate.RunAsync(Actor.System, change => OneAsync(change, deployment, dryRun, gone, cancellationToken), cancellationToken);
            files.Discard(gone);
            if (line is not null)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static async Task<OldTraffic?> OneAsync(
        RegistryChange change, DeploymentId deployment, bool dryRun, List<ArtifactDigest> gone, CancellationToken cancellationToken)
    {
        RetainedItem item = RetainedItem.Of(deployment);
        RetentionClass kept = RetentionSchedule.Default.Of(item.Kind, (await ChangeRetention.LastAsync(change.Db, item, cancellationToken))?.Class);
        if (kept.Years is not int years)
        {
            return null;
        }

        DateTimeOffset limit = new(change.Now.UtcDateTime.Date.AddYears(-years), TimeSpan.Zero);
        List<TrafficChunk> chunks = await change.Db.TrafficChunks.Where(row => row.Deployment == deployment && row.To < limit
            && change.Db.TrafficFiles.Any(file => file.Chunk == row.Id && file.Part == TrafficPart.Raw)).ToListAsync(cancellationToken);
        if (chunks.Count == 0)
        {
            return null;
        }

        long rows = chunks.Where(chunk => chunk.Kind == TrafficKind.Rows).Sum(chunk => (long)chunk.Rows);
        long labels = chunks.Where(chunk => chunk.Kind == TrafficKind.Labels).Sum(chunk => (long)chunk.Rows);
        ModelKey key = await ModelKey.OfAsync(change.Db, deployment, cancellationToken);
        bool held = await change.Db.Holds.AnyAsync(
            hold => hold.ReleasedAt == null && ((hold.Kind == item.Kind && hold.Item == item.Id) || (hold.Kind == RetainedKind.Model && hold.Item == key.Id)), cancellationToken);
        string sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Name}: {rows} rows and {labels} labels from before {limit:d MMMM yyyy} (class {kept.Name}, {years} years){(held ? ", but under a legal hold" : "")}.");
        if (!held && !dryRun)
        {
            Guid[] ids = [.. chunks.Select(chunk => chunk.Id)];
            List<TrafficFile> raw = await change.Db.TrafficFiles.Where(file => ids.Contains(file.Chunk) && file.Part == TrafficPart.Raw).ToListAsync(cancellationToken);
            gone.Clear(); // the change may run twice
            gone.AddRange(raw.Select(file => file.Digest));
            change.Db.TrafficFiles.RemoveRange(raw);
            change.Db.TrafficChunks.RemoveRange(chunks.Where(chunk => chunk.Kind == TrafficKind.Labels)); // nothing of them is left
            change.Add(
                new TrafficErasure(
                    TrafficErasureId.New(), deployment, TrafficErasureCause.Retention, rows, labels, chunks.Min(chunk => chunk.Day), chunks.Max(chunk => chunk.Day),
                    null, null, change.Actor.User, change.Now),
                "traffic.erased", item.Subject);
        }

        return new OldTraffic(deployment, rows, labels, !held, sentence);
    }

    private sealed record ModelKey(Guid Id, string Name)
    {
        public static async Task<ModelKey> OfAsync(GovernanceDb db, DeploymentId deployment, CancellationToken cancellationToken)
        {
            Deployment row = await db.Deployments.AsNoTracking().FirstAsync(each => each.Id == deployment, cancellationToken);
            string name = await db.Models.Where(model => model.Id == row.Model).Select(model => model.Name).FirstAsync(cancellationToken);
            return new ModelKey(row.Model.Value, $"{name} in {row.Environment}");
        }
    }
}
