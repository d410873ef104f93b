using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Comments;

/// <summary>The rules of comments. Pure.</summary>
public static class CommentPolicy
{
    /// <summary>How long an author may change the wording.</summary>
    public static readonly TimeSpan EditableFor = TimeSpan.FromMinutes(15);

    /// <summary>Why a text is refused, or null.</summary>
    public static Refusal? RefusalForText(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > PersonalText.MaxLength
            ? new Refusal("no-text", $"Write what you want to say, in 1 to {PersonalText.MaxLength} characters.")
            : null;

    /// <summary>Why someone may not change the wording, or null.</summary>
    /// <param name="comment">Which comment.</param>
    /// <param name="person">Who.</param>
    /// <param name="erased">Whether its text was erased.</param>
    /// <param name="now">UTC.</param>
    public static Refusal? RefusalForEdit(Comment comment, UserId person, bool erased, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return RefusalForErasure(comment, person, erased)
            ?? (now - comment.At > EditableFor
                ? new Refusal("too-late", $"A comment is changed within {EditableFor.TotalMinutes:0} minutes. Write another one.")
                : null);
    }

    /// <summary>Why someone may not erase the text, or null.</summary>
    /// <param name="comment">Which comment.</param>
    /// <param name="person">Who.</param>
    /// <param name="erased">Whether its text was erased already.</param>
    public static Refusal? RefusalForErasure(Comment comment, UserId person, bool erased)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return comment.By != person ? new Refusal("not-yours", "Only who wrote a comment changes or erases it.")
            : erased ? new Refusal("erased", "The text of this comment was erased already.")
            : null;
    }
}
