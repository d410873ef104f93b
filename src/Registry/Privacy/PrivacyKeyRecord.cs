using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Privacy;

/// <summary>That the key of the keyed digests was made, and where it lies encrypted. One a portal, written once.</summary>
/// <remarks>
/// It lies in the artefact store, so it is backed up, checked and wrapped anew with everything there. Its name in the store
/// is the SHA-256 of 256 random bits, which helps nobody to guess it.
/// </remarks>
public sealed class PrivacyKeyRecord : IFact, IAppendOnly
{
    /// <summary>The number of the one key.</summary>
    public const int Only = 1;

    /// <summary>Records the key.</summary>
    /// <param name="number">Which; there is one.</param>
    /// <param name="artifact">Where it lies.</param>
    /// <param name="madeAt">UTC, to the microsecond.</param>
    public PrivacyKeyRecord(int number, ArtifactDigest artifact, DateTimeOffset madeAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, Only);
        Number = number;
        Artifact = artifact;
        MadeAt = madeAt;
    }

    public int Number { get; private init; }

    public ArtifactDigest Artifact { get; private init; }

    public DateTimeOffset MadeAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.PrivacyKey, Number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public JsonObject ToFact() => new() { ["artifact"] = Artifact.Hex, ["madeAt"] = Microseconds.Iso(MadeAt) };
}

internal sealed class PrivacyKeyRecordMapping : IEntityTypeConfiguration<PrivacyKeyRecord>
{
    public void Configure(EntityTypeBuilder<PrivacyKeyRecord> builder)
    {
        builder.HasKey(key => key.Number);
        builder.Property(key => key.Number).ValueGeneratedNever();
        builder.Ignore(key => key.Subject);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(key => key.Artifact).OnDelete(DeleteBehavior.Restrict);
    }
}
