using Governance.Registry.Storage;

namespace Governance.Registry.Alarms;

/// <summary>Which mark of the extraction gauge.</summary>
public readonly record struct GaugeMarkId(Guid Value) : IGuidId<GaugeMarkId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static GaugeMarkId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static GaugeMarkId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which decision of an owner about a mark.</summary>
public readonly record struct GaugeDecisionId(Guid Value) : IGuidId<GaugeDecisionId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static GaugeDecisionId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static GaugeDecisionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
