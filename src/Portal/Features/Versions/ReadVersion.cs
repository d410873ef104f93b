using System.Security.Claims;
using Governance.Audit.Candidates;
using Governance.Audit.Ensembles;
using Governance.Audit.Runs;
using Governance.Audit.Variants;
using Governance.Portal.Features.Drift;
using Governance.Portal.Features.Inside;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Versions;

/// <summary>Reads a version as its pages show it, for someone who may see it.</summary>
internal sealed class ReadVersion(IDbContextFactory<GovernanceDb> databases)
{
    /// <summary>The version, or null where it does not exist or not for this person.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="number">The version's number.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="cancellationToken">The request's.</param>
    public Task<VersionView?> FindAsync(string model, int number, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        FindAsync(model, number, user.Id(), cancellationToken);

    /// <summary>The version, or null where it does not exist or not for this person.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="number">The version's number.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<VersionView?> FindAsync(string model, int number, UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from version in db.Versions.AsNoTracking()
            join owner in db.Models.AsNoTracking() on version.Model equals owner.Id
            where owner.Name == model && version.Number == number
            select new { Model = owner, Version = version }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        return await Holdings.LoadAsync(db, user, cancellationToken) is Holdings holdings
            && holdings.VisibilityOf(found.Model, found.Version.Stage) == ModelVisibility.Full
            ? await ViewAsync(db, found.Model, found.Version, holdings, cancellationToken)
            : null;
    }

    private static async Task<VersionView> ViewAsync(
        GovernanceDb db, Model model, ModelVersion version, Holdings holdings, CancellationToken cancellationToken)
    {
        ModelVersionId id = version.Id;
        StageMove[] moves = await db.StageMoves.AsNoTracking().Where(move => move.Version == id)
            .OrderBy(move => move.Number).ToArrayAsync(cancellationToken);
        SignOff[] signOffs = await db.SignOffs.AsNoTracking().Where(signOff => signOff.Version == id)
            .OrderByDescending(signOff => signOff.At).ToArrayAsync(cancellationToken);
        EvidenceRecord[] evidence = await db.Evidence.AsNoTracking().Where(record => record.Version == id)
            .OrderByDescending(record => record.SealedAt).ToArrayAsync(cancellationToken);
        PersonNames names = await PersonNames.LoadAsync(
            db,
            [model.Owner, version.Author, .. moves.Select(move => move.By).OfType<UserId>(), .. signOffs.Select(signOff => signOff.Person)],
            cancellationToken);
        Dictionary<FactDigest, string> texts = await TextsAsync(db, signOffs, cancellationToken);
        return new VersionView
        {
            Model = model,
            Version = version,
            Owner = names.Of(model.Owner),
            Author = names.Of(version.Author),
            Parents = await ParentsAsync(db, id, cancellationToken),
            Moves = [.. moves.Select(move => (move, names.Of(move.By)))],
            SignOffs =
            [
                .. signOffs.Select(signOff => new SignOffView(
                    signOff, names.Of(signOff.Person), texts.GetValueOrDefault(signOff.Rationale),
                    signOff.Conditions is FactDigest conditions ? texts.GetValueOrDefault(conditions) : null)),
            ],
            Evidence = [.. evidence.Where(record => record.Decides)],
            Explanations = [.. evidence.Where(record => !record.Decides && !IsReproduction(record) && !DriftCheck.Is(record) && !RequestVariant.Is(record) && !IsRecord(record))],
            DriftChecks = [.. evidence.Where(record => !record.Decides && DriftCheck.Is(record))],
            Reproductions = [.. evidence.Where(record => !record.Decides && IsReproduction(record))],
            Variants = [.. evidence.Where(record => !record.Decides && RequestVariant.Is(record))],
            Records = [.. evidence.Where(record => !record.Decides && IsRecord(record))],
            EvidenceRoot = Governance.Registry.Evidence.EvidenceRoot.Of(version.Digest, evidence),
            Person = holdings.Person,
            Relation = holdings.RelationTo(model, version.Stage),
        };
    }

    private static bool IsReproduction(EvidenceRecord record) =>
        record.Title.StartsWith(RequestReproduction.TitleStart, StringComparison.Ordinal);

    private static bool IsRecord(EvidenceRecord record) =>
        InsideRequest.Is(record) || record.Title.StartsWith(RequestEnsemble.TitleStart, StringComparison.Ordinal) || record.Title.StartsWith(RequestChoice.TitleStart, StringComparison.Ordinal);

    private static async Task<Dictionary<FactDigest, string>> TextsAsync(
        GovernanceDb db, SignOff[] signOffs, CancellationToken cancellationToken)
    {
        FactDigest[] digests = [.. signOffs.Select(signOff => signOff.Rationale), .. signOffs.Select(signOff => signOff.Conditions).OfType<FactDigest>()];
        return await db.PersonalTexts.AsNoTracking().Where(text => digests.Contains(text.Digest))
            .ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
    }

    private static async Task<IReadOnlyList<ParentView>> ParentsAsync(
        GovernanceDb db, ModelVersionId child, CancellationToken cancellationToken)
    {
        var parents = await (
            from link in db.VersionParents.AsNoTracking()
            join version in db.Versions.AsNoTracking() on link.Parent equals version.Id
            join model in db.Models.AsNoTracking() on version.Model equals model.Id
            where link.Child == child
            orderby model.Name, version.Number
            select new { model.Name, version.Number, link.Kind }).ToListAsync(cancellationToken);
        return [.. parents.Select(parent => new ParentView(parent.Name, parent.Number, parent.Kind))];
    }
}
