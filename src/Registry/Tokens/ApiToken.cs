using System.Net;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Tokens;

/// <summary>That a program may act as an account, within limits. The secret is shown once and never kept.</summary>
/// <remarks>
/// Offered by an administrator it has no secret yet: whoever makes a secret sees it, so only the account's own person
/// makes it (<see cref="CollectToken"/>).
/// </remarks>
public sealed class ApiToken : IFact
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest life, in days.</summary>
    public const int MaxDays = 90;

    /// <summary>The life that is meant where none is named, in days.</summary>
    public const int DefaultDays = 30;

    /// <summary>The most models, and the most networks, that one token names.</summary>
    public const int MaxListed = 20;

    /// <summary>A token without a secret.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="account">Whose rights it carries.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">At least one.</param>
    /// <param name="models">Names of models that it is limited to; empty for all that the account has.</param>
    /// <param name="networks">Networks that it may be used from, such as 10.1.0.0/16; empty for everywhere.</param>
    /// <param name="issuedBy">Who allowed it; null for the system.</param>
    /// <param name="issuedAt">UTC, to the microsecond.</param>
    /// <param name="expiresAt">From then on it is refused.</param>
    /// <exception cref="ArgumentException">The name is blank or too long, or there is no scope.</exception>
    public ApiToken(
        ApiTokenId id, UserId account, string name, IReadOnlyList<TokenScope> scopes, IReadOnlyList<string> models,
        IReadOnlyList<string> networks, UserId? issuedBy, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength, nameof(name));
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentOutOfRangeException.ThrowIfZero(scopes.Count, nameof(scopes));
        Id = id;
        Account = account;
        Name = name;
        Scopes = scopes;
        Models = models;
        Networks = networks;
        IssuedBy = issuedBy;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
    }

    public ApiTokenId Id { get; private init; }

    public UserId Account { get; private init; }

    public string Name { get; private init; }

    public IReadOnlyList<TokenScope> Scopes { get; private init; }

    public IReadOnlyList<string> Models { get; private init; }

    public IReadOnlyList<string> Networks { get; private init; }

    public UserId? IssuedBy { get; private init; }

    public DateTimeOffset IssuedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>SHA-256 of the secret; null while it is offered and not collected.</summary>
    public FactDigest? Secret { get; private set; }

    /// <summary>The secret's first characters, to tell tokens apart; null while there is none.</summary>
    public string? Hint { get; private set; }

    /// <summary>Null while it is not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Token, Id.ToString());

    /// <summary>How it stands at a time.</summary>
    public TokenState StateAt(DateTimeOffset now) =>
        RevokedAt is not null ? TokenState.Revoked
        : now >= ExpiresAt ? TokenState.Expired
        : Secret is null ? TokenState.Offered
        : TokenState.Valid;

    /// <summary>Whether it may be used from an address.</summary>
    /// <param name="from">The address of the connection; null where it is not known, which only a token without networks allows.</param>
    public bool Allows(IPAddress? from)
    {
        if (Networks.Count == 0)
        {
            return true;
        }

        IPAddress? plain = from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : from;
        return plain is not null && Networks.Any(network => IPNetwork.Parse(network).Contains(plain));
    }

    /// <summary>Gives it the secret that it is known by from now on.</summary>
    /// <exception cref="InvalidOperationException">It has one, or has ended.</exception>
    public void Collect(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Secret is not null || RevokedAt is not null)
        {
            throw new InvalidOperationException("The token has a secret already, or has ended.");
        }

        Secret = TokenText.DigestOf(text);
        Hint = text[..TokenText.HintLength];
        Revision++;
    }

    /// <summary>Ends it.</summary>
    /// <exception cref="InvalidOperationException">It was revoked already.</exception>
    public void Revoke(DateTimeOffset at)
    {
        RevokedAt = RevokedAt is null ? at : throw new InvalidOperationException("The token was revoked already.");
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["account"] = Account.ToString(),
        ["name"] = Name,
        ["scopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)scope.ToString())]),
        ["models"] = new JsonArray([.. Models.Select(model => (JsonNode)model)]),
        ["networks"] = new JsonArray([.. Networks.Select(network => (JsonNode)network)]),
        ["issuedBy"] = IssuedBy?.ToString(),
        ["issuedAt"] = Microseconds.Iso(IssuedAt),
        ["expiresAt"] = Microseconds.Iso(ExpiresAt),
        ["secret"] = Secret?.Hex,
        ["revokedAt"] = RevokedAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}

/// <summary>How a token stands.</summary>
public enum TokenState
{
    /// <summary>Allowed by an administrator, and not yet collected by its person: it has no secret.</summary>
    Offered,

    /// <summary>It may be used.</summary>
    Valid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Someone ended it.</summary>
    Revoked,
}
