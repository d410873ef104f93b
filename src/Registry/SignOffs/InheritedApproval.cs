using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>An approval that stands on the parent's: it ends when that one does, and as that one did.</summary>
internal static class InheritedApproval
{
    /// <summary>The parent's end, where the version's approval is inherited and the parent is approved no more; else null.</summary>
    public static async Task<DossierDifference?> EndedAsync(GovernanceDb db, ModelVersion version, CancellationToken cancellationToken)
    {
        (ModelVersionId id, int round) = (version.Id, version.Round);
        if (!await db.SignOffs.AnyAsync(row => row.Version == id && row.Round == round && row.Verdict == Verdict.Inherit, cancellationToken))
        {
            return null;
        }

        var parent = await (
            from row in db.VersionParents.AsNoTracking()
            join of in db.Versions on row.Parent equals of.Id
            join model in db.Models on of.Model equals model.Id
            where row.Child == id
            select new { of.Stage, of.Number, model.Name }).FirstOrDefaultAsync(cancellationToken);
        return parent is { } known && known.Stage.IsApproved() ? null : new DossierDifference(
            DossierPart.Parent,
            parent is null ? "The version whose sign-off was inherited is not there any more."
                : $"The sign-off was inherited from {parent.Name}/{parent.Number}, which is {parent.Stage.InWords()} now.")
        {
            Leads = parent?.Stage is Stage.Suspended or Stage.Expired ? parent.Stage : parent?.Stage == Stage.InReview ? Stage.InReview : Stage.Voided,
        };
    }
}
