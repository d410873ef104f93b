using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Protection;

internal sealed class BudgetChoiceMapping : IEntityTypeConfiguration<BudgetChoice>
{
    public void Configure(EntityTypeBuilder<BudgetChoice> builder)
    {
        builder.ToTable("BudgetChoices");
        builder.HasKey(choice => choice.Id);
        builder.Property(choice => choice.Id).ValueGeneratedNever();
        builder.Ignore(choice => choice.Subject);
        builder.HasIndex(choice => new { choice.Model, choice.Principal });
        builder.HasOne<Model>().WithMany().HasForeignKey(choice => choice.Model).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ThrottleChoiceMapping : IEntityTypeConfiguration<ThrottleChoice>
{
    public void Configure(EntityTypeBuilder<ThrottleChoice> builder)
    {
        builder.ToTable("ThrottleChoices");
        builder.HasKey(choice => choice.Id);
        builder.Property(choice => choice.Id).ValueGeneratedNever();
        builder.Ignore(choice => choice.Subject);
        builder.HasIndex(choice => choice.Model);
        builder.HasOne<Model>().WithMany().HasForeignKey(choice => choice.Model).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OutputPolicyChoiceMapping : IEntityTypeConfiguration<OutputPolicyChoice>
{
    public void Configure(EntityTypeBuilder<OutputPolicyChoice> builder)
    {
        builder.ToTable("OutputPolicyChoices");
        builder.HasKey(choice => choice.Id);
        builder.Property(choice => choice.Id).ValueGeneratedNever();
        builder.Ignore(choice => choice.Subject);
        builder.Property(choice => choice.Policy).HasMaxLength(OutputPolicyChoice.MaxPolicyLength);
        builder.Property(choice => choice.Reference).HasMaxLength(NameRule.MaxLength);
        builder.HasIndex(choice => choice.Model);
        builder.HasOne<Model>().WithMany().HasForeignKey(choice => choice.Model).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AnsweredQueryMapping : IEntityTypeConfiguration<AnsweredQuery>
{
    public void Configure(EntityTypeBuilder<AnsweredQuery> builder)
    {
        builder.ToTable("AnsweredQueries");
        builder.HasKey(query => query.Id);
        builder.Property(query => query.Id).ValueGeneratedNever();
        builder.Property(query => query.Kind).HasMaxLength(32);
        builder.Property(query => query.Form).HasMaxLength(AnsweredQuery.MaxFormLength);
        builder.Property(query => query.Digest).HasMaxLength(AnsweredQuery.DigestLength);
        builder.HasIndex(query => new { query.Principal, query.Version, query.At });
        builder.HasIndex(query => new { query.Model, query.At });
        builder.HasIndex(query => query.Digest);
    }
}

internal sealed class AnswerSecretMapping : IEntityTypeConfiguration<AnswerSecret>
{
    public void Configure(EntityTypeBuilder<AnswerSecret> builder)
    {
        builder.ToTable("AnswerSecrets");
        builder.HasKey(secret => secret.Id);
        builder.Property(secret => secret.Id).ValueGeneratedNever();
        builder.Property(secret => secret.Key).HasMaxLength(16);
    }
}
