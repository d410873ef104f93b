using Governance.Registry.Deployments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Traffic;

internal sealed class TrafficChunkMapping : IEntityTypeConfiguration<TrafficChunk>
{
    public void Configure(EntityTypeBuilder<TrafficChunk> builder)
    {
        builder.HasKey(chunk => chunk.Id);
        builder.Property(chunk => chunk.Id).ValueGeneratedNever();
        builder.HasIndex(chunk => new { chunk.Deployment, chunk.Sequence }).IsUnique();
        builder.HasIndex(chunk => new { chunk.Deployment, chunk.Kind, chunk.Day });
        builder.HasOne<Deployment>().WithMany().HasForeignKey(chunk => chunk.Deployment).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TrafficFileMapping : IEntityTypeConfiguration<TrafficFile>
{
    public void Configure(EntityTypeBuilder<TrafficFile> builder)
    {
        builder.HasKey(file => file.Digest);
        builder.HasIndex(file => new { file.Chunk, file.Part }).IsUnique();
        builder.HasOne<TrafficChunk>().WithMany().HasForeignKey(file => file.Chunk).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AcceptedBatchMapping : IEntityTypeConfiguration<AcceptedBatch>
{
    public void Configure(EntityTypeBuilder<AcceptedBatch> builder)
    {
        builder.HasKey(batch => new { batch.Deployment, batch.Kind, batch.Key });
        builder.HasOne<Deployment>().WithMany().HasForeignKey(batch => batch.Deployment).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TrafficHalfMapping : IEntityTypeConfiguration<TrafficHalf>
{
    public void Configure(EntityTypeBuilder<TrafficHalf> builder)
    {
        builder.HasKey(half => new { half.Deployment, half.Key, half.Part });
        builder.HasIndex(half => half.ReceivedAt);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(half => half.Deployment).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TrafficLossMapping : IEntityTypeConfiguration<TrafficLoss>
{
    public void Configure(EntityTypeBuilder<TrafficLoss> builder)
    {
        builder.HasKey(loss => loss.Id);
        builder.Property(loss => loss.Id).ValueGeneratedNever();
        builder.HasIndex(loss => loss.Deployment);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(loss => loss.Deployment).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TrafficErasureMapping : IEntityTypeConfiguration<TrafficErasure>
{
    public void Configure(EntityTypeBuilder<TrafficErasure> builder)
    {
        builder.HasKey(erasure => erasure.Id);
        builder.Property(erasure => erasure.Id).ValueGeneratedNever();
        builder.Ignore(erasure => erasure.Subject);
        builder.HasIndex(erasure => erasure.Deployment);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(erasure => erasure.Deployment).OnDelete(DeleteBehavior.Restrict);
    }
}
