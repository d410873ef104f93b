using Governance.Registry.Deployments;

namespace Governance.Registry.Traffic;

/// <summary>What a chunk holds.</summary>
public enum TrafficKind
{
    /// <summary>Rows that a model was asked about.</summary>
    Rows,

    /// <summary>Labels that became known later.</summary>
    Labels,
}

/// <summary>Rows of one UTC day, or labels of one batch, in encrypted files (<see cref="TrafficFile"/>).</summary>
/// <remarks>
/// Operational and no fact: neither ledger nor triggers know it. It comes in the transaction that acknowledges its batch, is
/// replaced when small ones of a day are put together or somebody's rows are erased, and outlives its raw rows.
/// </remarks>
public sealed class TrafficChunk
{
    /// <summary>Notes a chunk.</summary>
    /// <param name="id">A new id; it stands in the files as well.</param>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="sequence">From 1, per deployment, in the order of acceptance.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="day">The UTC day of its rows; of labels the day on which they became known first.</param>
    /// <param name="rows">How many; at least 1.</param>
    /// <param name="from">The earliest time in it.</param>
    /// <param name="to">The latest time in it.</param>
    /// <param name="acceptedAt">UTC, to the microsecond.</param>
    public TrafficChunk(
        Guid id, DeploymentId deployment, long sequence, TrafficKind kind, DateOnly day, int rows, DateTimeOffset from,
        DateTimeOffset to, DateTimeOffset acceptedAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Id = id;
        Deployment = deployment;
        Sequence = sequence;
        Kind = kind;
        Day = day;
        Rows = rows;
        From = from;
        To = to;
        AcceptedAt = acceptedAt;
    }

    public Guid Id { get; private init; }

    public DeploymentId Deployment { get; private init; }

    public long Sequence { get; private init; }

    public TrafficKind Kind { get; private init; }

    public DateOnly Day { get; private init; }

    public int Rows { get; private init; }

    public DateTimeOffset From { get; private init; }

    public DateTimeOffset To { get; private init; }

    public DateTimeOffset AcceptedAt { get; private init; }
}
