namespace Governance.Registry.Comments;

/// <summary>A comment as pages show it.</summary>
/// <param name="Comment">The fact.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version's number.</param>
/// <param name="Author">Who wrote it, by name.</param>
/// <param name="Text">What it says now; null where it was erased.</param>
/// <param name="EditedAt">When its wording was changed last, UTC; null where it never was.</param>
/// <param name="MentionsViewer">Whether it calls upon who looks.</param>
/// <param name="Unread">Whether it does, and they have not marked it as read.</param>
/// <param name="MayEdit">Whether who looks may change the wording now.</param>
/// <param name="MayErase">Whether who looks may erase the text.</param>
public sealed record CommentView(
    Comment Comment, string Model, int Number, string Author, string? Text, DateTimeOffset? EditedAt, bool MentionsViewer, bool Unread,
    bool MayEdit, bool MayErase)
{
    /// <summary>Where it was written: a link there restores the view and leads to the comment.</summary>
    public string Address => $"{Comment.Place}#comment-{Comment.Id}";
}

/// <summary>What was said about a topic, for one reader.</summary>
/// <param name="Comments">In order of time.</param>
/// <param name="Mentionable">User names of people around the version who may read it, without the reader's own.</param>
public sealed record CommentThread(IReadOnlyList<CommentView> Comments, IReadOnlyList<string> Mentionable);
