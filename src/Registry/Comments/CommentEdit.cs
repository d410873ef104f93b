using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Comments;

/// <summary>Another wording that its author gave a comment. Written once; what was said before stays on record.</summary>
public sealed class CommentEdit : IFact, IAppendOnly
{
    /// <summary>Records a change.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="comment">Of which comment.</param>
    /// <param name="number">The how-manieth, from 1.</param>
    /// <param name="text">The digest of a <see cref="PersonalText"/>.</param>
    /// <param name="mentions">Who is called upon now.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public CommentEdit(
        CommentEditId id, CommentId comment, int number, FactDigest text, IReadOnlyCollection<UserId> mentions, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Id = id;
        Comment = comment;
        Number = number;
        Text = text;
        Mentioned = MentionedPeople.Join(mentions);
        At = at;
    }

    // For the database.
    private CommentEdit() => Mentioned = "";

    public CommentEditId Id { get; private init; }

    public CommentId Comment { get; private init; }

    public int Number { get; private init; }

    public FactDigest Text { get; private init; }

    /// <summary>Ids with a space between them; empty for nobody.</summary>
    public string Mentioned { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.CommentEdit, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["comment"] = Comment.ToString(),
        ["number"] = Number,
        ["text"] = Text.Hex,
        ["mentioned"] = Mentioned,
        ["at"] = Microseconds.Iso(At),
    };
}
