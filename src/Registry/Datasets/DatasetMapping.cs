using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Registry.Artifacts;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Datasets;

internal sealed class DatasetMapping : IEntityTypeConfiguration<Dataset>
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public void Configure(EntityTypeBuilder<Dataset> builder)
    {
        builder.HasKey(dataset => dataset.Id);
        builder.Property(dataset => dataset.Id).ValueGeneratedNever();
        builder.Ignore(dataset => dataset.Subject);
        builder.Property(dataset => dataset.Name).HasMaxLength(NameRule.MaxLength);
        builder.Property(dataset => dataset.Title).HasMaxLength(Dataset.MaxTitleLength);
        builder.Property(dataset => dataset.Positive).HasMaxLength(Dataset.MaxTitleLength);
        builder.Property(dataset => dataset.Favourable).HasMaxLength(Dataset.MaxTitleLength);
        builder.HasIndex(dataset => dataset.Name).IsUnique();
        builder.HasOne<ArtifactRecord>().WithMany().HasForeignKey(dataset => dataset.Digest)
            .OnDelete(DeleteBehavior.Restrict);
        builder.Property(dataset => dataset.Columns).HasConversion(
            columns => Write(columns),
            text => Read(text),
            new ValueComparer<IReadOnlyList<DatasetColumn>>(
                (a, b) => Write(a!) == Write(b!), columns => Write(columns).GetHashCode(StringComparison.Ordinal)));
    }

    private static string Write(IReadOnlyList<DatasetColumn> columns) => JsonSerializer.Serialize(columns, Options);

    private static IReadOnlyList<DatasetColumn> Read(string text) =>
        JsonSerializer.Deserialize<DatasetColumn[]>(text, Options)!;
}
