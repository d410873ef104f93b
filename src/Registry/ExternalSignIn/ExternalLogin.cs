using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.ExternalSignIn;

/// <summary>Which link of an account to a provider.</summary>
public readonly record struct ExternalLoginId(Guid Value) : IGuidId<ExternalLoginId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ExternalLoginId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ExternalLoginId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>That whoever a provider calls by a subject is the person of an account here.</summary>
/// <remarks>
/// Issuer and subject together are the only name by which a provider promises never to mean someone else; an e-mail
/// address can be given to another person, so none is ever compared. Only a digest of the two is kept.
/// </remarks>
public sealed class ExternalLogin : IFact
{
    /// <summary>The longest issuer, in UTF-16 code units.</summary>
    public const int MaxIssuerLength = 300;

    /// <summary>The longest subject: OpenID Connect Core allows 255 ASCII characters.</summary>
    public const int MaxSubjectLength = 255;

    /// <summary>Links an account.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="user">Which account.</param>
    /// <param name="issuer">The provider, as its tokens name it.</param>
    /// <param name="who">The digest of issuer and subject.</param>
    /// <param name="linkedBy">Who linked it; null for the system, which also makes accounts at a first sign-in.</param>
    /// <param name="linkedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The issuer is blank or too long.</exception>
    public ExternalLogin(
        ExternalLoginId id, UserId user, string issuer, FactDigest who, UserId? linkedBy, DateTimeOffset linkedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issuer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(issuer.Length, MaxIssuerLength, nameof(issuer));
        Id = id;
        User = user;
        Issuer = issuer;
        Who = who;
        LinkedBy = linkedBy;
        LinkedAt = linkedAt;
    }

    public ExternalLoginId Id { get; private init; }

    public UserId User { get; private init; }

    public string Issuer { get; private init; }

    public FactDigest Who { get; private init; }

    public UserId? LinkedBy { get; private init; }

    public DateTimeOffset LinkedAt { get; private init; }

    /// <summary>The roles that the provider's groups gave at the last sign-in; a group that is gone takes its role along.</summary>
    public IReadOnlyList<Role> Given { get; private set; } = [];

    /// <summary>Null while it holds.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.ExternalLogin, Id.ToString());

    /// <summary>The digest by which a provider's person is known here.</summary>
    /// <exception cref="ArgumentException">One is blank, or too long.</exception>
    public static FactDigest DigestOf(string issuer, string subject)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issuer);
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subject.Length, MaxSubjectLength, nameof(subject));

        // An issuer is an address and holds no line feed, so no other pair gives the same text.
        return new FactDigest(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"))));
    }

    /// <summary>Notes the roles that the provider's groups give from now on.</summary>
    public void Give(IReadOnlyList<Role> roles)
    {
        Given = roles;
        Revision++;
    }

    /// <summary>Ends the link: the provider's person is a stranger again.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public void End(DateTimeOffset at)
    {
        EndedAt = EndedAt is null ? at : throw new InvalidOperationException("The link has ended already.");
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["user"] = User.ToString(),
        ["issuer"] = Issuer,
        ["who"] = Who.Hex,
        ["given"] = new JsonArray([.. Given.Select(role => (JsonNode)role.ToString())]),
        ["linkedBy"] = LinkedBy?.ToString(),
        ["linkedAt"] = Microseconds.Iso(LinkedAt),
        ["endedAt"] = EndedAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}
