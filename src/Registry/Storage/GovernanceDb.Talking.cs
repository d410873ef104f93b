using Governance.Registry.Comments;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Storage;

/// <content>The tables of what people say to each other.</content>
public abstract partial class GovernanceDb
{
    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<CommentEdit> CommentEdits => Set<CommentEdit>();

    public DbSet<MentionMark> MentionMarks => Set<MentionMark>();
}
