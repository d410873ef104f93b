using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Comments;

internal sealed class CommentMapping : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("Comments");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Ignore(row => row.Topic);
        builder.Property(row => row.Key).HasMaxLength(CommentTopic.MaxKeyLength);
        builder.Property(row => row.Place).HasMaxLength(Comment.MaxPlaceLength);
        builder.HasIndex(row => new { row.Version, row.Kind, row.Key });
        builder.HasIndex(row => row.At);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(row => row.Version).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CommentEditMapping : IEntityTypeConfiguration<CommentEdit>
{
    public void Configure(EntityTypeBuilder<CommentEdit> builder)
    {
        builder.ToTable("CommentEdits");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.HasIndex(row => new { row.Comment, row.Number }).IsUnique();
        builder.HasOne<Comment>().WithMany().HasForeignKey(row => row.Comment).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MentionMarkMapping : IEntityTypeConfiguration<MentionMark>
{
    public void Configure(EntityTypeBuilder<MentionMark> builder)
    {
        builder.ToTable("MentionMarks");
        builder.HasKey(row => row.Person);
        builder.Property(row => row.Person).ValueGeneratedNever();
    }
}
