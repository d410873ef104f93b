using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Signatures;

/// <summary>Which publisher's key.</summary>
public readonly record struct PublisherKeyId(Guid Value) : IGuidId<PublisherKeyId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static PublisherKeyId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static PublisherKeyId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A public key whose signatures are trusted. Withdrawn, it stays on record.</summary>
public sealed class PublisherKey : IFact
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest PEM text: a P-521 key has under 300 characters.</summary>
    public const int MaxPemLength = 600;

    /// <summary>Trusts a key.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="name">Whose it is, such as "Example Bank, model team".</param>
    /// <param name="fingerprint">SHA-256 of the PEM text, as signatures name it.</param>
    /// <param name="pem">The public key, in the one spelling of <see cref="SigningKey.ToPem"/>.</param>
    /// <param name="addedBy">Who added it; null for the system.</param>
    /// <param name="addedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The name is blank, or a text too long.</exception>
    public PublisherKey(
        PublisherKeyId id, string name, FactDigest fingerprint, string pem, UserId? addedBy, DateTimeOffset addedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(pem);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength, nameof(name));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pem.Length, MaxPemLength, nameof(pem));
        Id = id;
        Name = name;
        Fingerprint = fingerprint;
        Pem = pem;
        AddedBy = addedBy;
        AddedAt = addedAt;
    }

    public PublisherKeyId Id { get; private init; }

    public string Name { get; private init; }

    public FactDigest Fingerprint { get; private init; }

    public string Pem { get; private init; }

    public UserId? AddedBy { get; private init; }

    public DateTimeOffset AddedAt { get; private init; }

    /// <summary>Null while it is trusted.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.PublisherKey, Id.ToString());

    /// <summary>Ends the trust; what it signed before stays signed by a key that is withdrawn.</summary>
    /// <exception cref="InvalidOperationException">It was withdrawn already.</exception>
    public void Withdraw(DateTimeOffset at)
    {
        WithdrawnAt = WithdrawnAt is null ? at : throw new InvalidOperationException("The key was withdrawn already.");
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["name"] = Name,
        ["fingerprint"] = Fingerprint.Hex,
        ["pem"] = Pem,
        ["addedBy"] = AddedBy?.ToString(),
        ["addedAt"] = Microseconds.Iso(AddedAt),
        ["withdrawnAt"] = WithdrawnAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}
