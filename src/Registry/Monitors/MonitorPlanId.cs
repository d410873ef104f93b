using Governance.Registry.Storage;

namespace Governance.Registry.Monitors;

/// <summary>Which plan of monitors.</summary>
public readonly record struct MonitorPlanId(Guid Value) : IGuidId<MonitorPlanId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static MonitorPlanId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static MonitorPlanId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
