using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Gathers what says whether a version may inherit its parent's sign-off. Whoever asks has judged the right to see the version.</summary>
public sealed class ReadInheritance(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store)
{
    /// <summary>As it stands now; null where the version came from no other.</summary>
    /// <exception cref="ArtifactDamagedException">A document is not what was sealed.</exception>
    public async Task<Inheritance?> OfAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion? row = await db.Versions.AsNoTracking().FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
        return row is null ? null : await LoadAsync(db, row, cancellationToken);
    }

    /// <summary>As a context shows it, such as that of a change under way.</summary>
    internal async Task<Inheritance?> LoadAsync(GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        VersionParent[] rows = await db.VersionParents.AsNoTracking().Where(row => row.Child == id).ToArrayAsync(cancellationToken);
        if (rows.Length == 0)
        {
            return null;
        }

        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        PolicyPack pack = await PackInForce.OfAsync(db, model, cancellationToken);
        List<ParentStanding> parents = [];
        foreach (VersionParent row in rows)
        {
            parents.Add(await ParentAsync(db, version, row, cancellationToken));
        }

        return new Inheritance(
            version.Digest, parents, await BatteryAsync(db, id, cancellationToken),
            [.. pack.Limits.Select(limit => limit.Id).Where(limit => limit.StartsWith(PolicyLimit.EquivalencePrefix, StringComparison.Ordinal))],
            pack.Label, SignOffTerms.Of(pack, model.Tier).EvidenceLifetime, db.Now);
    }

    private async Task<ParentStanding> ParentAsync(GovernanceDb db, ModelVersion child, VersionParent row, CancellationToken cancellationToken)
    {
        ModelVersion parent = await db.Versions.AsNoTracking().FirstAsync(each => each.Id == row.Parent, cancellationToken);
        string model = await db.Models.Where(each => each.Id == parent.Model).Select(each => each.Name).FirstAsync(cancellationToken);
        (ModelVersionId id, int round) = (parent.Id, parent.Round);
        bool inherited = await db.SignOffs.AnyAsync(each => each.Version == id && each.Round == round && each.Verdict == Verdict.Inherit, cancellationToken);
        HashSet<string> data = [];
        HashSet<string> columns = [];
        foreach (ArtifactDigest findings in await db.Evidence.AsNoTracking().Where(each => each.Version == id).Where(EvidenceRecord.Deciding)
            .Select(each => each.Findings).Distinct().ToListAsync(cancellationToken))
        {
            JsonNode? document = JsonNode.Parse(await store.ReadAsync(findings, cancellationToken));
            columns.UnionWith(BatteryDocument.Protected(document));
            data.UnionWith(FindingsReader.Parse(JsonSerializer.SerializeToUtf8Bytes(document), findings).Data.Where(each => each.Role == "evaluation").Select(each => each.Digest.Hex));
        }

        return new ParentStanding($"{model}/{parent.Number}", id, parent.Digest, parent.Stage, row.Kind, parent.Model == child.Model, inherited, data, columns);
    }

    private async Task<BatteryStanding?> BatteryAsync(GovernanceDb db, ModelVersionId version, CancellationToken cancellationToken)
    {
        foreach (EvidenceRecord record in await db.Evidence.AsNoTracking().Where(row => row.Version == version).Where(EvidenceRecord.Deciding)
            .OrderByDescending(row => row.SealedAt).ThenByDescending(row => row.Id).ToArrayAsync(cancellationToken))
        {
            byte[] findings = await store.ReadAsync(record.Findings, cancellationToken);
            byte[] run = await store.ReadAsync(record.RunRecord, cancellationToken);
            if (BatteryDocument.Read(record, findings, run) is BatteryStanding battery)
            {
                return battery;
            }
        }

        return null;
    }
}
