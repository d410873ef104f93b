using Governance.Audit.Runs;
using Governance.Audit.Variants;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Variants;

/// <summary>A version that was made from another one by a recipe.</summary>
/// <param name="Number">Its number, of the same model.</param>
/// <param name="Recipe">How, in words.</param>
/// <param name="Summary">What was done; null where it was registered by hand.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="RegisteredAt">When it was registered.</param>
/// <param name="Evidence">What tells how it was made; null where it was registered by hand.</param>
internal sealed record VariantRow(
    int Number, string Recipe, VariantSummary? Summary, Stage Stage, DateTimeOffset RegisteredAt, Guid? Evidence);

/// <summary>Reads the variants of a version: those made here, with what was sealed about them, and those registered by hand.</summary>
internal sealed class ReadVariants(IDbContextFactory<GovernanceDb> databases, ReadFindings findings)
{
    private static readonly ParentKind[] Kinds = [ParentKind.QuantisedFrom, ParentKind.PrunedFrom, ParentKind.DistilledFrom, ParentKind.OptimisedFrom];

    /// <summary>The variants, the latest first.</summary>
    /// <param name="view">The parent.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<IReadOnlyList<VariantRow>> OfAsync(VersionView view, CancellationToken cancellationToken)
    {
        Dictionary<string, (VariantResult Result, Guid Evidence)> made = new(StringComparer.Ordinal);
        foreach (EvidenceRecord record in view.Variants)
        {
            FindingsDocument document = await findings.ReadAsync(view, record, cancellationToken);
            if (document.Variant is VariantResult result)
            {
                made.TryAdd(result.Made.VersionDigest, (result, record.Id.Value));
            }
        }

        ModelVersionId parent = view.Version.Id;
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        var children = await (
            from link in db.VersionParents.AsNoTracking()
            join version in db.Versions.AsNoTracking() on link.Child equals version.Id
            where link.Parent == parent && version.Model == view.Version.Model && Kinds.Contains(link.Kind)
            orderby version.Number descending
            select new { Version = version, link.Kind }).ToListAsync(cancellationToken);
        return
        [
            .. children.Select(child => made.TryGetValue(child.Version.Digest.Hex, out (VariantResult Result, Guid Evidence) known)
                ? new VariantRow(child.Version.Number, known.Result.Words, known.Result.Summary, child.Version.Stage, child.Version.RegisteredAt, known.Evidence)
                : new VariantRow(
                    child.Version.Number, $"{Performance.PerformanceWords.Capital(VersionWords.Of(child.Kind))} this version, and registered by hand", null,
                    child.Version.Stage, child.Version.RegisteredAt, null)),
        ];
    }
}
