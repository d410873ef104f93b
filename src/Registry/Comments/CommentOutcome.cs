using Governance.Registry.Access;

namespace Governance.Registry.Comments;

/// <summary>What came of writing, changing or erasing a comment.</summary>
public abstract record CommentOutcome
{
    private CommentOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    /// <param name="Id">Which comment.</param>
    /// <param name="Unreached">User names that the text calls upon, whose accounts may not read it: they are not told.</param>
    public sealed record Recorded(CommentId Id, IReadOnlyList<string> Unreached) : CommentOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : CommentOutcome;

    /// <summary>There is no such thing to speak about, or not for this person.</summary>
    public sealed record NotFound : CommentOutcome;
}
