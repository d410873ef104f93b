using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Register;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Ends approvals whose time is over, and says which end soon.</summary>
public sealed class ExpireSignOffs(AppendGate gate, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Moves every approved version whose nearest deadline has passed to expired, with the cause.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        ModelVersionId[] due;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            DateTimeOffset now = db.Now;
            due = [.. (await ApprovedAsync(db, cancellationToken)).Where(pair => pair.Deadlines[0].At <= now).Select(pair => pair.Version.Id)];
        }

        int moved = 0;
        foreach (ModelVersionId id in due)
        {
            moved += await gate.RunAsync(Actor.System, change => ExpireAsync(change, id, cancellationToken), cancellationToken) ? 1 : 0;
        }

        return moved;
    }

    /// <summary>The deadlines of approved versions, the nearest first in each.</summary>
    /// <param name="versions">Which versions are asked for; others and versions that are not approved are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<ModelVersionId, IReadOnlyList<SignOffDeadline>>> DeadlinesAsync(
        IReadOnlyCollection<ModelVersionId> versions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(versions);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await ApprovedAsync(db, cancellationToken)).Where(pair => versions.Contains(pair.Version.Id))
            .ToDictionary(pair => pair.Version.Id, pair => pair.Deadlines);
    }

    private static async Task<bool> ExpireAsync(RegistryChange change, ModelVersionId id, CancellationToken cancellationToken)
    {
        ModelVersion version = await change.Db.Versions.FirstAsync(row => row.Id == id, cancellationToken);
        SignOffDeadline? passed = version.Stage.IsApproved()
            ? (await DeadlinesOfAsync(change.Db, version, cancellationToken)).FirstOrDefault(each => each.At <= change.Now)
            : null;
        if (passed is null)
        {
            return false;
        }

        await StageMoves.ApplyAsync(change, version, Stage.Expired, bySystem: true, passed.Sentence, null, cancellationToken);
        return true;
    }

    private static async Task<List<(ModelVersion Version, IReadOnlyList<SignOffDeadline> Deadlines)>> ApprovedAsync(
        GovernanceDb db, CancellationToken cancellationToken)
    {
        List<(ModelVersion, IReadOnlyList<SignOffDeadline>)> all = [];
        foreach (ModelVersion version in await db.Versions.AsNoTracking()
            .Where(row => row.Stage == Stage.Approved || row.Stage == Stage.ApprovedWithConditions).ToListAsync(cancellationToken))
        {
            all.Add((version, await DeadlinesOfAsync(db, version, cancellationToken)));
        }

        return all;
    }

    private static async Task<IReadOnlyList<SignOffDeadline>> DeadlinesOfAsync(
        GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        StageMove? approval = await db.StageMoves.AsNoTracking().Where(row => row.Version == id).OrderByDescending(row => row.Number)
            .FirstOrDefaultAsync(cancellationToken);
        DateTimeOffset[] evidence = await db.Evidence.Where(row => row.Version == id).Where(EvidenceRecord.Deciding)
            .OrderByDescending(row => row.SealedAt).Select(row => row.SealedAt).Take(1).ToArrayAsync(cancellationToken);
        return SignOffDeadlines.Of(
            approval?.At ?? version.RegisteredAt, evidence.Length == 0 ? null : evidence[0], await RegisterEntry.LoadAsync(db, id, cancellationToken),
            SignOffTerms.Of(await PackInForce.OfAsync(db, model, cancellationToken), model.Tier));
    }
}
