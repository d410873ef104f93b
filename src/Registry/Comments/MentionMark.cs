using Governance.Registry.Access;

namespace Governance.Registry.Comments;

/// <summary>Until when somebody has read what was said to them. Theirs alone: no fact, and not in the ledger.</summary>
public sealed class MentionMark
{
    /// <summary>Whose.</summary>
    public required UserId Person { get; init; }

    /// <summary>Mentions up to this moment are read; UTC.</summary>
    public required DateTimeOffset ReadUntil { get; set; }
}
