using Governance.Registry.Annotations;
using Governance.Registry.Cohorts;
using Governance.Registry.Comments;
using Governance.Registry.SavedViews;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Storage;

/// <content>The tables of what people say to each other, share and keep for themselves.</content>
public abstract partial class GovernanceDb
{
    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<CommentEdit> CommentEdits => Set<CommentEdit>();

    public DbSet<SavedCohort> SavedCohorts => Set<SavedCohort>();

    public DbSet<SavedCohortStep> SavedCohortSteps => Set<SavedCohortStep>();

    public DbSet<Annotation> Annotations => Set<Annotation>();

    public DbSet<MentionMark> MentionMarks => Set<MentionMark>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();
}
