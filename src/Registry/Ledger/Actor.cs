using Governance.Registry.Access;
using Governance.Registry.BreakGlass;

namespace Governance.Registry.Ledger;

/// <summary>Who does something, as the ledger writes it down. What they may do is looked up, never taken from here.</summary>
/// <param name="User">The person; null for the system itself (the server's own command line, start and schedules).</param>
/// <param name="Session">An opaque name of their session; null where there is none. Never a cookie or a token.</param>
public sealed record Actor(UserId? User, string? Session)
{
    /// <summary>The break-glass in force for them while they act; the append gate finds it, nobody else says it.</summary>
    public BreakGlassId? BreakGlass { get; internal init; }

    /// <summary>The session as it stands in a leaf: under break-glass it begins with "break-glass:" and the request's id.</summary>
    public string? SessionInLeaf => BreakGlass is not BreakGlassId request ? Session
        : Session is null ? $"break-glass:{request}" : $"break-glass:{request} {Session}";

    /// <summary>The server itself: whoever can run its command line can reach its database and keys anyway.</summary>
    public static Actor System { get; } = new(null, null);

    /// <summary>As it stands in a leaf.</summary>
    public string Name => User is UserId user ? $"user:{user}" : "system";

    /// <summary>A person in a session.</summary>
    public static Actor Person(UserId user, string? session = null) => new(user, session);
}
