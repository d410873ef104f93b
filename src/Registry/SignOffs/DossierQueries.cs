using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Reads dossiers: as a decision would cover them now, and as decisions did. Whoever asks has judged the right to see the version.</summary>
public sealed class DossierQueries(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, FindingsReader reader)
{
    /// <summary>The dossier of a version as it stands now; null where there is no such version.</summary>
    /// <exception cref="ArtifactDamagedException">A file that it covers is not what was stored.</exception>
    public async Task<SignOffDossier?> OfAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion? row = await db.Versions.AsNoTracking().FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
        return row is null ? null : await LoadAsync(db, row, cancellationToken);
    }

    /// <summary>The decisions on a version that have a dossier, with what they covered, the latest first.</summary>
    /// <exception cref="ArtifactDamagedException">A document is not what was signed.</exception>
    public async Task<IReadOnlyList<(SealedDossier Row, SignOffDossier Dossier)>> SealedAsync(
        ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<(SealedDossier, SignOffDossier)> found = [];
        foreach (SealedDossier row in await db.SealedDossiers.AsNoTracking().Where(each => each.Version == version)
            .OrderByDescending(each => each.At).ToListAsync(cancellationToken))
        {
            found.Add((row, await ReadAsync(db, row, cancellationToken)));
        }

        return found;
    }

    /// <summary>
    /// What the last approval before now covered: of this version, else of the model's version before it; null where nothing
    /// of the model was approved with a dossier.
    /// </summary>
    /// <exception cref="ArtifactDamagedException">Its document is not what was signed.</exception>
    public async Task<(SealedDossier Row, SignOffDossier Dossier)?> LastApprovedAsync(
        ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion own = await db.Versions.AsNoTracking().FirstAsync(row => row.Id == version, cancellationToken);
        var rows = await (
            from dossier in db.SealedDossiers.AsNoTracking()
            join signOff in db.SignOffs on dossier.SignOff equals signOff.Id
            join of in db.Versions on dossier.Version equals of.Id
            where of.Model == own.Model && of.Number <= own.Number
                && (signOff.Verdict == Verdict.Approve || signOff.Verdict == Verdict.ApproveWithConditions || signOff.Verdict == Verdict.Inherit)
            select new { dossier, of.Number }).ToListAsync(cancellationToken);
        SealedDossier? last = rows.OrderByDescending(row => row.Number).ThenByDescending(row => row.dossier.At).FirstOrDefault()?.dossier;
        return last is null ? null : (last, await ReadAsync(db, last, cancellationToken));
    }

    /// <summary>The document of a decision as it was signed: canonical JSON.</summary>
    /// <exception cref="ArtifactDamagedException">It is not what was signed.</exception>
    public Task<byte[]> DocumentAsync(SealedDossier row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return store.ReadAsync(row.Document, cancellationToken);
    }

    /// <summary>The dossier as a context shows it, such as that of a change under way.</summary>
    internal async Task<SignOffDossier> LoadAsync(GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        EvidenceRecord[] evidence = await db.Evidence.AsNoTracking().Where(row => row.Version == id).Where(EvidenceRecord.Deciding)
            .OrderByDescending(row => row.SealedAt).ThenByDescending(row => row.Id).ToArrayAsync(cancellationToken);
        (IReadOnlyList<DossierData> data, IReadOnlyList<DossierFinding> all) = await EvidenceAsync(evidence, cancellationToken);
        PolicyPack policy = await PackInForce.OfAsync(db, model, cancellationToken);
        return new SignOffDossier
        {
            Label = $"{model.Name}/{version.Number}",
            Version = version.Digest,
            Weights = version.Artifact,
            Encoding = version.Encoding,
            Threshold = await ThresholdAsync(version, cancellationToken),
            Policy = new DossierPolicy(policy.Name, policy.Number, policy.Digest),
            Data = data,
            Evidence = [.. evidence.Select(row => row.Findings).Distinct().OrderBy(digest => digest.Hex, StringComparer.Ordinal)],
            Findings = all,
            Attestations = await AttestationsAsync(db, id, cancellationToken),
            Cases = await CasesAsync(db, version, cancellationToken),
            Register = await RegisterAsync(db, version, cancellationToken),
        };
    }

    /// <summary>The threshold that a version's encoding sets, as the encoding's file says it now.</summary>
    internal async Task<string?> ThresholdAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        if (version.Encoding is not ArtifactDigest encoding || JsonNode.Parse(await store.ReadAsync(encoding, cancellationToken)) is not JsonObject json)
        {
            return null;
        }

        JsonObject rule = new() { ["threshold"] = json["threshold"]?.DeepClone(), ["groupThresholds"] = json["groupThresholds"]?.DeepClone() };
        return System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(rule));
    }

    internal static async Task<IReadOnlyList<DossierFact>> AttestationsAsync(
        GovernanceDb db, ModelVersionId version, CancellationToken cancellationToken)
    {
        Attestation[] rows = await db.Attestations.AsNoTracking().Where(row => row.Version == version)
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToArrayAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.Line).Select(line => line.Last()).OrderBy(row => row.Line, StringComparer.Ordinal)
            .Select(row => new DossierFact(row.Id.ToString(), row.Digest(), row.Line))];
    }

    internal static async Task<IReadOnlyList<DossierFact>> CasesAsync(
        GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        (ModelVersionId id, int round) = (version.Id, version.Round);
        CaseReview[] rows = await db.CaseReviews.AsNoTracking().Where(row => row.Version == id && row.Round == round).ToArrayAsync(cancellationToken);
        return [.. rows.Select(row => new DossierFact(row.Id.ToString(), row.Digest(), row.Agrees ? "agrees" : "disagrees"))
            .OrderBy(row => row.Id, StringComparer.Ordinal)];
    }

    // What decisions of this round write themselves is not what they saw: else the second approver would undo the first.
    internal static async Task<IReadOnlyList<DossierFact>> RegisterAsync(
        GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        (ModelVersionId id, int round) = (version.Id, version.Round);
        HashSet<SignOffId> own = [.. await db.SignOffs.Where(row => row.Version == id && row.Round == round).Select(row => row.Id).ToListAsync(cancellationToken)];
        return [.. (await RegisterEntry.LoadAsync(db, id, cancellationToken)).Select(entry => entry.Without(own)).OfType<RegisterEntry>()
            .Select(entry => new DossierFact(entry.Finding.Id.ToString(), entry.Finding.Digest(), entry.Standing))
            .OrderBy(row => row.Id, StringComparer.Ordinal)];
    }

    private async Task<SignOffDossier> ReadAsync(GovernanceDb db, SealedDossier row, CancellationToken cancellationToken)
    {
        byte[] document = await store.ReadAsync(row.Document, cancellationToken);
        ModelVersion version = await db.Versions.AsNoTracking().FirstAsync(each => each.Id == row.Version, cancellationToken);
        string model = await db.Models.Where(each => each.Id == version.Model).Select(each => each.Name).FirstAsync(cancellationToken);
        return DecisionDocument.DossierOf(document, $"{model}/{version.Number}");
    }

    private async Task<(IReadOnlyList<DossierData>, IReadOnlyList<DossierFinding>)> EvidenceAsync(
        EvidenceRecord[] latestFirst, CancellationToken cancellationToken)
    {
        List<DossierData> data = [];
        List<DossierFinding> findings = [];
        HashSet<string> kinds = [];
        foreach (EvidenceRecord record in latestFirst.DistinctBy(row => row.Findings))
        {
            FindingsParts parts = await reader.ReadAsync(record.Findings, cancellationToken);
            bool current = kinds.Add(parts.Kind);
            data.AddRange(parts.Data);
            findings.AddRange(parts.Findings.Select(finding => finding with { Current = current }));
        }

        return (
            [.. data.Distinct().OrderBy(each => each.Role, StringComparer.Ordinal).ThenBy(each => each.Name, StringComparer.Ordinal).ThenBy(each => each.Digest.Hex, StringComparer.Ordinal)],
            [.. findings.OrderBy(each => each.Evidence.Hex, StringComparer.Ordinal).ThenBy(each => each.Id, StringComparer.Ordinal)]);
    }
}
