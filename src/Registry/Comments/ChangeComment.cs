using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Comments;

/// <summary>Changes the wording of a comment, or erases its text; both only by who wrote it.</summary>
public sealed class ChangeComment(AppendGate gate)
{
    /// <summary>Gives a comment another wording within <see cref="CommentPolicy.EditableFor"/>.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<CommentOutcome> EditAsync(Actor actor, CommentId id, string? text, CancellationToken cancellationToken) =>
        RunAsync(actor, id, async (change, comment, edits, erased) =>
        {
            if ((CommentPolicy.RefusalForEdit(comment, actor.User!.Value, erased, change.Now) ?? CommentPolicy.RefusalForText(text)) is Refusal refusal)
            {
                return new CommentOutcome.Refused(refusal);
            }

            PersonalText words = PersonalText.Write(text!.Trim());
            (IReadOnlyList<UserId> told, IReadOnlyList<string> unreached) =
                await MentionedPeople.ResolveAsync(change.Db, comment.Topic, words.Text, cancellationToken);
            change.Add(
                new CommentEdit(CommentEditId.New(), id, edits.Length + 1, words.Digest, [.. told], change.Now), "comment.edited", ScopeOf(comment), words);
            return new CommentOutcome.Recorded(id, unreached);
        }, cancellationToken);

    /// <summary>Erases the text of a comment in all its wordings; that it was said, by whom, when and about what stays, with its digests.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<CommentOutcome> EraseAsync(Actor actor, CommentId id, CancellationToken cancellationToken) =>
        RunAsync(actor, id, async (change, comment, edits, erased) =>
        {
            if (CommentPolicy.RefusalForErasure(comment, actor.User!.Value, erased) is Refusal refusal)
            {
                return new CommentOutcome.Refused(refusal);
            }

            FactDigest[] digests = [comment.Text, .. edits.Select(edit => edit.Text)];
            change.Db.PersonalTexts.RemoveRange(
                await change.Db.PersonalTexts.Where(text => digests.Contains(text.Digest)).ToListAsync(cancellationToken));
            change.Write(comment.Subject, "comment.erased", ScopeOf(comment), comment.Digest(), comment.Digest());
            return new CommentOutcome.Recorded(id, []);
        }, cancellationToken);

    private static LedgerSubject ScopeOf(Comment comment) => new(LedgerSubject.Version, comment.Version.ToString());

    private Task<CommentOutcome> RunAsync(
        Actor actor, CommentId id, Func<RegistryChange, Comment, CommentEdit[], bool, Task<CommentOutcome>> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person changes a comment.", nameof(actor));
        return gate.RunAsync<CommentOutcome>(actor, async change =>
        {
            Comment? comment = await change.Db.Comments.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            Holdings? holdings = comment is null ? null : await Holdings.LoadAsync(change.Db, person, cancellationToken);
            if (holdings is null || !await CommentReach.SeesAsync(change.Db, holdings, comment!.Topic, cancellationToken))
            {
                return new CommentOutcome.NotFound();
            }

            CommentEdit[] edits = await change.Db.CommentEdits.AsNoTracking().Where(row => row.Comment == id)
                .OrderBy(row => row.Number).ToArrayAsync(cancellationToken);
            FactDigest latest = edits.Length == 0 ? comment!.Text : edits[^1].Text;
            bool erased = !await change.Db.PersonalTexts.AnyAsync(text => text.Digest == latest, cancellationToken);
            return await act(change, comment!, edits, erased);
        }, cancellationToken);
    }
}
