using System.Text.Json;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Compares what the approvals of a version cover with what is stored, to the last byte.</summary>
public sealed class VerifyDossier(
    IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, DossierQueries dossiers, KnownSigningKeys keys)
{
    /// <summary>The first difference; null where everything is as it was approved, or the version is not approved.</summary>
    /// <remarks>Reads every file that the approvals cover: some hundred megabytes a second.</remarks>
    public async Task<DossierDifference?> RunAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion? row = await db.Versions.AsNoTracking().FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
        return row is null || !row.Stage.IsApproved() ? null
            : await FilesAsync(db, row, cancellationToken) ?? await RowsAsync(db, row, cancellationToken);
    }

    /// <summary>The files that the approvals of a version cover, each with its part.</summary>
    internal async Task<IReadOnlyList<(DossierPart Part, string Name, ArtifactDigest Digest)>> FilesOfAsync(
        GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        List<(DossierPart, string, ArtifactDigest)> files = [(DossierPart.Weights, "the model file", version.Artifact)];
        if (version.Encoding is ArtifactDigest encoding)
        {
            files.Add((DossierPart.Encoding, "the encoding with the threshold", encoding));
        }

        SealedDossier[] rows = await ApprovalsAsync(db, version, cancellationToken);
        files.AddRange(rows.Select(row => (DossierPart.Decision, "the document of the decision", row.Document)));
        files.AddRange((await db.Evidence.AsNoTracking().Where(row => row.Version == id).Where(EvidenceRecord.Deciding).Select(row => row.Findings)
            .Distinct().ToListAsync(cancellationToken)).Select(digest => (DossierPart.Evidence, "a findings document", digest)));
        foreach (DossierData data in await DataAsync(db, rows, cancellationToken))
        {
            files.Add((DossierPart.Data, $"the {data.Role} data '{data.Name}'", data.Digest));
        }

        return [.. files.DistinctBy(file => file.Item3)];
    }

    /// <summary>The dossiers of the approvals that count: of the present round.</summary>
    internal static async Task<SealedDossier[]> ApprovalsAsync(GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        (ModelVersionId id, int round) = (version.Id, version.Round);
        return await (
            from dossier in db.SealedDossiers.AsNoTracking()
            join signOff in db.SignOffs on dossier.SignOff equals signOff.Id
            where signOff.Version == id && signOff.Round == round
                && (signOff.Verdict == Verdict.Approve || signOff.Verdict == Verdict.ApproveWithConditions || signOff.Verdict == Verdict.Inherit)
            orderby signOff.At
            select dossier).ToArrayAsync(cancellationToken);
    }

    private async Task<DossierDifference?> FilesAsync(GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        try
        {
            foreach ((DossierPart part, string name, ArtifactDigest digest) in await FilesOfAsync(db, version, cancellationToken))
            {
                if (await FaultAsync(db, part, name, digest, cancellationToken) is DossierDifference difference)
                {
                    return difference;
                }
            }

            return null;
        }
        catch (ArtifactDamagedException)
        {
            return new DossierDifference(DossierPart.Decision, "The document of the decision is not what was signed.");
        }
        catch (FormatException)
        {
            return new DossierDifference(DossierPart.Decision, "The document of the decision cannot be read.");
        }
    }

    private async Task<DossierDifference?> FaultAsync(
        GovernanceDb db, DossierPart part, string name, ArtifactDigest digest, CancellationToken cancellationToken)
    {
        if (part == DossierPart.Data && await db.Erasures.AnyAsync(row => row.Artifact == digest && row.StoredAgainAt == null, cancellationToken))
        {
            return new DossierDifference(part, Short($"The rows of {name} were erased after the decision."), Lawful: true);
        }

        if (await IsSoundAsync(digest, cancellationToken))
        {
            return null;
        }

        return new DossierDifference(part, Short(store.Contains(digest)
            ? $"The bytes of {name} are not those that were approved."
            : $"Nothing is left of {name}."));
    }

    private async Task<bool> IsSoundAsync(ArtifactDigest digest, CancellationToken cancellationToken)
    {
        try
        {
            await store.CheckAsync(digest, cancellationToken);
            return true;
        }
        catch (ArtifactDamagedException)
        {
            return false;
        }
        catch (ArtifactKeyException) when (IsAloneWithItsKey(digest))
        {
            return false; // a bit of the key's name in the header; where others name the key too, it is the key that is missing
        }
    }

    private bool IsAloneWithItsKey(ArtifactDigest digest)
    {
        string? name = ArtifactHeaderRewrap.KeyNameOf(store.PathOf(digest));
        return store.Files().Where(file => file.Digest is ArtifactDigest other && other != digest).All(file => ArtifactHeaderRewrap.KeyNameOf(file.Path) != name);
    }

    /// <summary>The first difference between what the approvals cover and the rows; the files of evidence are not read again.</summary>
    internal async Task<DossierDifference?> RowsAsync(GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        SealedDossier[] rows = await ApprovalsAsync(db, version, cancellationToken);
        if (rows.Length == 0)
        {
            return null; // approved before there were dossiers: its evidence still voids it
        }

        if (await InheritedApproval.EndedAsync(db, version, cancellationToken) is DossierDifference ended)
        {
            return ended;
        }

        SignOffDossier now;
        try
        {
            if (await PolicyDifferenceAsync(db, rows, cancellationToken) is DossierDifference other)
            {
                return other;
            }

            now = await dossiers.LoadAsync(db, version, cancellationToken);
        }
        catch (JsonException)
        {
            return new DossierDifference(DossierPart.Policy, "A policy pack that counts for the model cannot be read any more.");
        }
        catch (ArtifactDamagedException)
        {
            return new DossierDifference(DossierPart.Evidence, "A file that the decision covers is not what was approved.");
        }

        foreach (SealedDossier row in rows)
        {
            byte[] document = await dossiers.DocumentAsync(row, cancellationToken);
            SignOffDossier then = DecisionDocument.DossierOf(document, now.Label);
            if (then.Root != row.Root || !await keys.VerifyAsync(db, row.Key, document, row.Signature, cancellationToken))
            {
                return new DossierDifference(DossierPart.Decision, "The signature of the decision does not hold.");
            }

            if (DossierChanges.FirstDifference(then, now) is DossierDifference difference)
            {
                return difference;
            }
        }

        return null;
    }

    // Before anything else reads packs: a pack whose row was changed may not be readable at all.
    private async Task<DossierDifference?> PolicyDifferenceAsync(GovernanceDb db, SealedDossier[] rows, CancellationToken cancellationToken)
    {
        foreach (SealedDossier row in rows)
        {
            DossierPolicy pack = DecisionDocument.DossierOf(await dossiers.DocumentAsync(row, cancellationToken), "").Policy;
            if (await PackInForce.DigestNowAsync(db, pack.Name, pack.Number, cancellationToken) != pack.Digest)
            {
                return new DossierDifference(DossierPart.Policy, Short($"The policy pack {pack.Name} {pack.Number} is not what it was at the decision."));
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<DossierData>> DataAsync(GovernanceDb db, SealedDossier[] rows, CancellationToken cancellationToken)
    {
        List<DossierData> data = [];
        foreach (SealedDossier row in rows)
        {
            data.AddRange(DecisionDocument.DossierOf(await dossiers.DocumentAsync(row, cancellationToken), "").Data);
        }

        // Of data that were never registered here (an audit by file) there is nothing on disk to compare.
        ArtifactDigest[] known = [.. data.Select(each => each.Digest).Distinct()];
        HashSet<ArtifactDigest> stored = [.. await db.Artifacts.Where(row => known.Contains(row.Digest)).Select(row => row.Digest).ToListAsync(cancellationToken)];
        return [.. data.Where(each => stored.Contains(each.Digest)).DistinctBy(each => each.Digest)];
    }

    private static string Short(string sentence) => sentence.Length <= StageMove.MaxCauseLength ? sentence : sentence[..(StageMove.MaxCauseLength - 1)] + "…";
}
