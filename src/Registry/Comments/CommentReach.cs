using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Comments;

/// <summary>Who may read and write about a topic: whoever sees what it is about.</summary>
/// <remarks>
/// A finding is seen with its version; a case by who may have rows explained; a comparison by who sees both versions, because
/// what is said of the one tells of the other.
/// </remarks>
internal static class CommentReach
{
    /// <summary>Whether someone may.</summary>
    public static async Task<bool> SeesAsync(GovernanceDb db, Holdings holdings, CommentTopic topic, CancellationToken cancellationToken) =>
        await SeesAsync(db, holdings, topic.Version, topic.Kind == CommentKind.Case, cancellationToken)
        && (topic.First is not ModelVersionId first || await SeesAsync(db, holdings, first, false, cancellationToken));

    /// <summary>Whether the things that a topic names are on record.</summary>
    public static async Task<bool> ExistsAsync(GovernanceDb db, CommentTopic topic, CancellationToken cancellationToken)
    {
        if (topic.Evidence is Evidence.EvidenceId evidence)
        {
            return await db.Evidence.AnyAsync(row => row.Id == evidence && row.Version == topic.Version, cancellationToken);
        }

        int row = topic.Row ?? 0;
        return await db.Datasets.AnyAsync(data => data.Digest == topic.Data && data.Rows > row, cancellationToken);
    }

    private static async Task<bool> SeesAsync(
        GovernanceDb db, Holdings holdings, ModelVersionId id, bool rows, CancellationToken cancellationToken)
    {
        ModelVersion? version = await db.Versions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (version is null)
        {
            return false;
        }

        Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        return holdings.VisibilityOf(model, version.Stage) == ModelVisibility.Full
            && (!rows || holdings.Decide(Right.ExplainRow, model, version.Stage).Allowed);
    }
}
