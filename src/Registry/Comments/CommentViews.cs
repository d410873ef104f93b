using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Comments;

/// <summary>Puts comments into the form that pages show; whether the viewer may read them was judged before.</summary>
internal static class CommentViews
{
    /// <summary>The views, in the order of the comments.</summary>
    public static async Task<IReadOnlyList<CommentView>> ReadAsync(
        GovernanceDb db, UserId viewer, IReadOnlyList<Comment> comments, CancellationToken cancellationToken)
    {
        if (comments.Count == 0)
        {
            return [];
        }

        CommentId[] ids = [.. comments.Select(row => row.Id)];
        ILookup<CommentId, CommentEdit> edits = (await db.CommentEdits.AsNoTracking().Where(row => ids.Contains(row.Comment))
            .OrderBy(row => row.Number).ToListAsync(cancellationToken)).ToLookup(row => row.Comment);
        FactDigest[] digests = [.. comments.Select(row => row.Text), .. edits.SelectMany(group => group).Select(row => row.Text)];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(row => digests.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
        ModelVersionId[] versions = [.. comments.Select(row => row.Version).Distinct()];
        var named = await (
            from version in db.Versions.AsNoTracking()
            join model in db.Models.AsNoTracking() on version.Model equals model.Id
            where versions.Contains(version.Id)
            select new { version.Id, model.Name, version.Number }).ToDictionaryAsync(row => row.Id, cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        DateTimeOffset read = await ReadUntilAsync(db, viewer, cancellationToken);
        string own = viewer.ToString();
        return
        [
            .. comments.Select(comment =>
            {
                CommentEdit[] changed = [.. edits[comment.Id]];
                CommentEdit? last = changed.LastOrDefault();
                string? text = texts.GetValueOrDefault(last?.Text ?? comment.Text);
                bool calls = comment.By != viewer && (last?.Mentioned ?? comment.Mentioned).Contains(own, StringComparison.Ordinal);
                return new CommentView(
                    comment, named[comment.Version].Name, named[comment.Version].Number, names.GetValueOrDefault(comment.By, "somebody"), text, last?.At,
                    calls, calls && (last?.At ?? comment.At) > read,
                    CommentPolicy.RefusalForEdit(comment, viewer, text is null, db.Now) is null,
                    CommentPolicy.RefusalForErasure(comment, viewer, text is null) is null);
            }),
        ];
    }

    /// <summary>Until when someone has read what calls upon them.</summary>
    public static async Task<DateTimeOffset> ReadUntilAsync(GovernanceDb db, UserId person, CancellationToken cancellationToken) =>
        (await db.MentionMarks.AsNoTracking().FirstOrDefaultAsync(row => row.Person == person, cancellationToken))?.ReadUntil ?? DateTimeOffset.MinValue;
}
