using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Evidence;

/// <summary>Which process works on a running audit, and when it was last heard of.</summary>
/// <remarks>An operational row and no fact: it tells the runs of a dead process from those of a living one.</remarks>
public sealed class RunLease
{
    /// <summary>The longest name of a node.</summary>
    public const int MaxNodeLength = 100;

    /// <summary>How often a process says that it is still there.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>After how long a silence its runs are taken over: many beats, and more than clocks of one cluster differ.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A lease.</summary>
    public RunLease(AuditRunId run, string node, DateTimeOffset seenAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(node.Length, MaxNodeLength, nameof(node));
        Run = run;
        Node = node;
        SeenAt = seenAt;
    }

    public AuditRunId Run { get; private init; }

    /// <summary>Machine, process and a random part: another start of the same program is another node.</summary>
    public string Node { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    /// <summary>Another process works on it now.</summary>
    internal void Take(string node, DateTimeOffset at)
    {
        Node = node;
        SeenAt = at;
    }
}

internal sealed class RunLeaseMapping : IEntityTypeConfiguration<RunLease>
{
    public void Configure(EntityTypeBuilder<RunLease> builder)
    {
        builder.ToTable("RunLeases");
        builder.HasKey(lease => lease.Run);
        builder.Property(lease => lease.Run).ValueGeneratedNever();
        builder.Property(lease => lease.Node).HasMaxLength(RunLease.MaxNodeLength);
        builder.HasOne<AuditRun>().WithOne().HasForeignKey<RunLease>(lease => lease.Run).OnDelete(DeleteBehavior.Restrict);
    }
}
