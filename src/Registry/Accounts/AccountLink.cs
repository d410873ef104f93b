using Governance.Registry.Access;

namespace Governance.Registry.Accounts;

/// <summary>A link with which a person sets a password of their own, once: an invitation, or a reset.</summary>
/// <remarks>A credential, not a fact: the ledger says that one was issued and that a password was set.</remarks>
public sealed class AccountLink
{
    /// <summary>A link that nobody has used.</summary>
    /// <param name="id">Which row.</param>
    /// <param name="user">Whose password it sets.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="hash">SHA-256 of its code, 64 hexadecimal digits; the code itself is shown once.</param>
    /// <param name="issuedBy">Who issued it; null for the system.</param>
    /// <param name="issuedAt">UTC, to the microsecond.</param>
    /// <param name="expiresAt">From when on it is void.</param>
    public AccountLink(
        Guid id, UserId user, AccountLinkKind kind, string hash, UserId? issuedBy, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        Id = id;
        User = user;
        Kind = kind;
        Hash = hash;
        IssuedBy = issuedBy;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
    }

    public Guid Id { get; private init; }

    public UserId User { get; private init; }

    public AccountLinkKind Kind { get; private init; }

    public string Hash { get; private init; }

    public UserId? IssuedBy { get; private init; }

    public DateTimeOffset IssuedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>When it was used or withdrawn; null while it can be used.</summary>
    public DateTimeOffset? UsedAt { get; private init; }
}

/// <summary>What a link is for.</summary>
public enum AccountLinkKind
{
    /// <summary>The first password of a new account: 72 hours.</summary>
    Invitation,

    /// <summary>Another password for whoever forgot theirs: 24 hours. Never skips the second factor.</summary>
    Reset,
}
