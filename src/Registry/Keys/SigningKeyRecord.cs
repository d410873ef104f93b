using System.Text.Json.Nodes;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Keys;

/// <summary>A public key that this installation signed with, now or once: kept for verification, in use or retired.</summary>
public sealed class SigningKeyRecord : IFact
{
    /// <summary>The longest PEM text; a P-256 key has under 200 characters.</summary>
    public const int MaxPemLength = 400;

    /// <summary>Records a key.</summary>
    /// <param name="fingerprint">SHA-256 of the key's DER.</param>
    /// <param name="pem">The public key.</param>
    /// <param name="since">When it began to sign, UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The text is blank or too long.</exception>
    public SigningKeyRecord(FactDigest fingerprint, string pem, DateTimeOffset since)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pem);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pem.Length, MaxPemLength, nameof(pem));
        Fingerprint = fingerprint;
        Pem = pem;
        Since = since;
    }

    public FactDigest Fingerprint { get; private init; }

    public string Pem { get; private init; }

    public DateTimeOffset Since { get; private init; }

    /// <summary>When another key took its place; null while it signs.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.SigningKey, Fingerprint.Hex);

    /// <summary>Another key takes its place.</summary>
    /// <exception cref="InvalidOperationException">It is retired already.</exception>
    public void Retire(DateTimeOffset at)
    {
        RetiredAt = RetiredAt is null ? at : throw new InvalidOperationException("The key is retired already.");
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => FactOf(Pem, Since, RetiredAt);

    /// <summary>What a row of these values says: verifiers without a database build it themselves.</summary>
    internal static JsonObject FactOf(string pem, DateTimeOffset since, DateTimeOffset? retiredAt) => new()
    {
        ["pem"] = pem,
        ["since"] = Microseconds.Iso(since),
        ["retiredAt"] = retiredAt is DateTimeOffset at ? Microseconds.Iso(at) : null,
    };
}

internal sealed class SigningKeyRecordMapping : IEntityTypeConfiguration<SigningKeyRecord>
{
    public void Configure(EntityTypeBuilder<SigningKeyRecord> builder)
    {
        builder.ToTable("SigningKeys");
        builder.HasKey(key => key.Fingerprint);
        builder.Property(key => key.Fingerprint).ValueGeneratedNever();
        builder.Ignore(key => key.Subject);
        builder.Property(key => key.Pem).HasMaxLength(SigningKeyRecord.MaxPemLength);
        builder.Property(key => key.Revision).IsConcurrencyToken();
    }
}
