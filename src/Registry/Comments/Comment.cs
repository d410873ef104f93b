using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Comments;

/// <summary>What somebody said about a finding, a case or a comparison. Written once; changes are <see cref="CommentEdit"/>s.</summary>
public sealed class Comment : IFact, IAppendOnly
{
    /// <summary>The longest address of the view that was commented, in UTF-16 code units.</summary>
    public const int MaxPlaceLength = 2_000;

    /// <summary>Records a comment.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="topic">What it is about.</param>
    /// <param name="text">The digest of a <see cref="PersonalText"/>.</param>
    /// <param name="mentions">Who is called upon, of those who may read it.</param>
    /// <param name="place">The path and query of the view that was commented: a link there restores it.</param>
    /// <param name="by">Who.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The place is blank or too long.</exception>
    public Comment(
        CommentId id, CommentTopic topic, FactDigest text, IReadOnlyCollection<UserId> mentions, string place, UserId by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentException.ThrowIfNullOrWhiteSpace(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(place.Length, MaxPlaceLength, nameof(place));
        Id = id;
        Version = topic.Version;
        Kind = topic.Kind;
        Key = topic.Key;
        Text = text;
        Mentioned = MentionedPeople.Join(mentions);
        Place = place;
        By = by;
        At = at;
    }

    // For the database.
    private Comment()
    {
        Key = Mentioned = Place = "";
    }

    public CommentId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public CommentKind Kind { get; private init; }

    /// <summary>As in <see cref="CommentTopic.Key"/>.</summary>
    public string Key { get; private init; }

    public FactDigest Text { get; private init; }

    /// <summary>Ids with a space between them; empty for nobody.</summary>
    public string Mentioned { get; private init; }

    /// <summary>Path and query of the view, beginning with '/'.</summary>
    public string Place { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>What it is about.</summary>
    public CommentTopic Topic => CommentTopic.Parse(Kind.ToString(), Version.ToString(), Key)
        ?? throw new InvalidOperationException("The key of a comment is none.");

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Comment, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["kind"] = Kind.ToString(),
        ["key"] = Key,
        ["text"] = Text.Hex,
        ["mentioned"] = Mentioned,
        ["place"] = Place,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
