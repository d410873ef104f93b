using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.SignOffs;

/// <summary>What a decision covers: the document of everything that it saw, signed by the installation. Written once with the decision.</summary>
/// <remarks>A row of its own and no column of the sign-off: decisions of before there were dossiers have none.</remarks>
public sealed class SealedDossier : IFact, IAppendOnly
{
    /// <summary>The longest id of a signing key, in UTF-16 code units.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>The longest signature, in bytes.</summary>
    public const int MaxSignatureLength = 256;

    /// <summary>Binds a decision to its document.</summary>
    /// <param name="signOff">The decision.</param>
    /// <param name="version">On which version.</param>
    /// <param name="root">See <see cref="SignOffDossier.Root"/>.</param>
    /// <param name="document">The document in the store: dossier and decision, canonical JSON.</param>
    /// <param name="key">The id of the key that signed the document's bytes.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">Key or signature is empty or too long.</exception>
    public SealedDossier(
        SignOffId signOff, ModelVersionId version, FactDigest root, ArtifactDigest document, string key, byte[] signature,
        DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyLength, nameof(key));
        ArgumentOutOfRangeException.ThrowIfZero(signature.Length, nameof(signature));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signature.Length, MaxSignatureLength, nameof(signature));
        SignOff = signOff;
        Version = version;
        Root = root;
        Document = document;
        Key = key;
        Signature = signature;
        At = at;
    }

    public SignOffId SignOff { get; private init; }

    public ModelVersionId Version { get; private init; }

    public FactDigest Root { get; private init; }

    public ArtifactDigest Document { get; private init; }

    public string Key { get; private init; }

    public byte[] Signature { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Dossier, SignOff.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["root"] = Root.Hex,
        ["document"] = Document.Hex,
        ["key"] = Key,
        ["signature"] = Convert.ToHexStringLower(Signature),
        ["at"] = Microseconds.Iso(At),
    };
}

internal sealed class SealedDossierMapping : IEntityTypeConfiguration<SealedDossier>
{
    public void Configure(EntityTypeBuilder<SealedDossier> builder)
    {
        builder.ToTable("SealedDossiers");
        builder.HasKey(row => row.SignOff);
        builder.Property(row => row.SignOff).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Property(row => row.Key).HasMaxLength(SealedDossier.MaxKeyLength);
        builder.Property(row => row.Signature).HasMaxLength(SealedDossier.MaxSignatureLength);
        builder.HasIndex(row => row.Version);
        builder.HasOne<SignOff>().WithMany().HasForeignKey(row => row.SignOff).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(row => row.Version).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(row => row.Document).OnDelete(DeleteBehavior.Restrict);
    }
}
