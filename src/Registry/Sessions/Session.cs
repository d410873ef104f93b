using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Sessions;

/// <summary>One stay of a person in the portal, from signing in to its end. The cookie carries only its id.</summary>
/// <remarks>
/// An operational row, not a fact: it is written often and says nothing that is governed, so it passes the append gate by.
/// Leaves of the ledger name the session in which something was done.
/// </remarks>
public sealed class Session
{
    /// <summary>The longest description of a browser, in UTF-16 code units.</summary>
    public const int MaxClientLength = 80;

    /// <summary>A session that begins.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="user">Whose.</param>
    /// <param name="method">How they said who they are.</param>
    /// <param name="client">The browser in coarse words, such as "Firefox on Linux".</param>
    /// <param name="stamp">The security stamp of the account: with another one the session is over.</param>
    /// <param name="openedAt">UTC, to the microsecond.</param>
    public Session(SessionId id, UserId user, SessionMethod method, string client, string stamp, DateTimeOffset openedAt)
    {
        ArgumentNullException.ThrowIfNull(client);
        Id = id;
        User = user;
        Method = method;
        Client = client.Length > MaxClientLength ? client[..MaxClientLength] : client;
        Stamp = stamp;
        OpenedAt = openedAt;
        LastSeenAt = openedAt;
    }

    public SessionId Id { get; private init; }

    public UserId User { get; private init; }

    public SessionMethod Method { get; private init; }

    public string Client { get; private init; }

    public string Stamp { get; private init; }

    public DateTimeOffset OpenedAt { get; private init; }

    /// <summary>The last request, exact to a minute.</summary>
    public DateTimeOffset LastSeenAt { get; private init; }

    /// <summary>When the person last confirmed that it is them; null where they only signed in.</summary>
    public DateTimeOffset? ConfirmedAt { get; private init; }

    /// <summary>What for; null where they only signed in.</summary>
    public StepUpPurpose? ConfirmedFor { get; private init; }

    /// <summary>The digest of what they confirmed that they sign; null where they confirmed a purpose alone.</summary>
    public FactDigest? ConfirmedOver { get; private init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    /// <summary>Null while it lasts.</summary>
    public SessionEnd? EndedBecause { get; private init; }
}
