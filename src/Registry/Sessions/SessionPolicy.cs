using Governance.Registry.Ledger;

namespace Governance.Registry.Sessions;

/// <summary>How long a session lasts, and for how long a person counts as just recognised. Pure.</summary>
public static class SessionPolicy
{
    /// <summary>Without a request: 30 minutes (ASVS 7.3.1).</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(30);

    /// <summary>From signing in, whatever happens: 12 hours (ASVS 7.3.2).</summary>
    public static readonly TimeSpan WholeTime = TimeSpan.FromHours(12);

    /// <summary>How long a person counts as recognised after signing in or confirming: 5 minutes.</summary>
    public static readonly TimeSpan FreshTime = TimeSpan.FromMinutes(5);

    /// <summary>Why a session is over at a time; null while it lasts.</summary>
    public static SessionEnd? EndOf(Session session, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.EndedBecause
            ?? (now - session.OpenedAt >= WholeTime ? SessionEnd.TooOld
                : now - session.LastSeenAt >= IdleTime ? SessionEnd.Idle
                : null);
    }

    /// <summary>
    /// Whether the person was recognised within <see cref="FreshTime"/>: by signing in, which speaks for every purpose, or
    /// by a confirmation for this purpose.
    /// </summary>
    public static bool IsFresh(Session session, StepUpPurpose purpose, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return EndOf(session, now) is null
            && (now - session.OpenedAt < FreshTime
                || (session.ConfirmedFor == purpose && session.ConfirmedAt is DateTimeOffset at && now - at < FreshTime));
    }

    /// <summary>Whether the person confirmed within <see cref="FreshTime"/> that they sign these very bytes. Signing in does not do.</summary>
    /// <param name="session">The session.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="over">The digest of what will be signed.</param>
    /// <param name="now">UTC.</param>
    public static bool IsFreshOver(Session session, StepUpPurpose purpose, FactDigest over, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return EndOf(session, now) is null && session.ConfirmedFor == purpose && session.ConfirmedOver == over
            && session.ConfirmedAt is DateTimeOffset at && now - at < FreshTime;
    }
}
