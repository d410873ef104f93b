using Governance.Registry.Deployments;

namespace Governance.Registry.Traffic;

/// <summary>Rows of our own serving that were not kept, because more came than could be written. Operational and no fact.</summary>
public sealed class TrafficLoss
{
    /// <summary>Notes lost rows.</summary>
    /// <param name="id">Ordered by time of making.</param>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="rows">How many; at least 1.</param>
    /// <param name="at">When they were counted, UTC, to the microsecond.</param>
    public TrafficLoss(Guid id, DeploymentId deployment, long rows, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Id = id;
        Deployment = deployment;
        Rows = rows;
        At = at;
    }

    public Guid Id { get; private init; }

    public DeploymentId Deployment { get; private init; }

    public long Rows { get; private init; }

    public DateTimeOffset At { get; private init; }
}
