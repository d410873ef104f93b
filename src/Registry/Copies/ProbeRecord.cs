using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Copies;

/// <summary>That secret probe rows were drawn for a version: on which data, and where the secret is kept encrypted. Written once.</summary>
public sealed class ProbeRecord : IFact, IAppendOnly
{
    /// <summary>Records probe rows.</summary>
    /// <param name="version">Of which version; one draw a version and data set.</param>
    /// <param name="dataset">Which data they are drawn from.</param>
    /// <param name="artifact">The secret and the version's answers, in the store.</param>
    /// <param name="drawnAt">UTC, to the microsecond.</param>
    public ProbeRecord(ModelVersionId version, DatasetId dataset, ArtifactDigest artifact, DateTimeOffset drawnAt)
    {
        Version = version;
        Dataset = dataset;
        Artifact = artifact;
        DrawnAt = drawnAt;
    }

    public ModelVersionId Version { get; private init; }

    public DatasetId Dataset { get; private init; }

    public ArtifactDigest Artifact { get; private init; }

    public DateTimeOffset DrawnAt { get; private init; }

    // A ledger id has at most 64 characters, two UUIDs have more: their first 16 bytes of SHA-256 name the pair.
    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Probes, FactDigest.Of(new JsonArray(Version.ToString(), Dataset.ToString())).Hex);

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["dataset"] = Dataset.ToString(),
        ["artifact"] = Artifact.Hex,
        ["drawnAt"] = Microseconds.Iso(DrawnAt),
    };
}

internal sealed class ProbeRecordMapping : IEntityTypeConfiguration<ProbeRecord>
{
    public void Configure(EntityTypeBuilder<ProbeRecord> builder)
    {
        builder.HasKey(probes => new { probes.Version, probes.Dataset });
        builder.Ignore(probes => probes.Subject);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(probes => probes.Version).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Dataset>().WithMany().HasForeignKey(probes => probes.Dataset).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(probes => probes.Artifact).OnDelete(DeleteBehavior.Restrict);
    }
}
