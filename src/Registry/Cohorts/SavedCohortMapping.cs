using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Cohorts;

internal sealed class SavedCohortMapping : IEntityTypeConfiguration<SavedCohort>
{
    public void Configure(EntityTypeBuilder<SavedCohort> builder)
    {
        builder.ToTable("SavedCohorts");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.Ignore(row => row.Scope);
        builder.HasIndex(row => row.Model);
        builder.HasOne<Model>().WithMany().HasForeignKey(row => row.Model).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SavedCohortStepMapping : IEntityTypeConfiguration<SavedCohortStep>
{
    public void Configure(EntityTypeBuilder<SavedCohortStep> builder)
    {
        builder.ToTable("SavedCohortSteps");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subject);
        builder.HasIndex(row => new { row.Cohort, row.Number }).IsUnique();
        builder.HasOne<SavedCohort>().WithMany().HasForeignKey(row => row.Cohort).OnDelete(DeleteBehavior.Restrict);
    }
}
