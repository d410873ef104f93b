using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Comments;

/// <summary>Writes a comment, and tells those whom it calls upon.</summary>
public sealed class AddComment(AppendGate gate)
{
    /// <summary>Writes it, if the person sees what it is about.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="topic">About what.</param>
    /// <param name="text">In 1 to 4,000 characters; "@name" calls upon somebody.</param>
    /// <param name="place">Path and query of the view, for a link that restores it.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system, or the place is blank or too long.</exception>
    public Task<CommentOutcome> RunAsync(
        Actor actor, CommentTopic topic, string? text, string place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(topic);
        UserId person = actor.User ?? throw new ArgumentException("A person comments.", nameof(actor));
        return gate.RunAsync<CommentOutcome>(actor, async change =>
        {
            Holdings? holdings = await Holdings.LoadAsync(change.Db, person, cancellationToken);
            if (holdings is null || !await CommentReach.SeesAsync(change.Db, holdings, topic, cancellationToken)
                || !await CommentReach.ExistsAsync(change.Db, topic, cancellationToken))
            {
                return new CommentOutcome.NotFound();
            }

            if (CommentPolicy.RefusalForText(text) is Refusal refusal)
            {
                return new CommentOutcome.Refused(refusal);
            }

            PersonalText words = PersonalText.Write(text!.Trim());
            (IReadOnlyList<UserId> told, IReadOnlyList<string> unreached) =
                await MentionedPeople.ResolveAsync(change.Db, topic, words.Text, cancellationToken);
            Comment comment = new(CommentId.New(), topic, words.Digest, [.. told], place, person, change.Now);
            change.Add(comment, "comment.made", new LedgerSubject(LedgerSubject.Version, topic.Version.ToString()), words);
            return new CommentOutcome.Recorded(comment.Id, unreached);
        }, cancellationToken);
    }
}
