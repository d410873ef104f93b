using Governance.Registry.Storage;

namespace Governance.Registry.Alerts;

/// <summary>Which alert.</summary>
public readonly record struct AlertId(Guid Value) : IGuidId<AlertId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AlertId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AlertId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which step on an alert.</summary>
public readonly record struct AlertStepId(Guid Value) : IGuidId<AlertStepId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AlertStepId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AlertStepId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which destination of alerts.</summary>
public readonly record struct AlertDestinationId(Guid Value) : IGuidId<AlertDestinationId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AlertDestinationId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AlertDestinationId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which end of a destination.</summary>
public readonly record struct AlertDestinationEndId(Guid Value) : IGuidId<AlertDestinationEndId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AlertDestinationEndId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AlertDestinationEndId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which delivery of an alert; what a receiver tells repetitions apart by.</summary>
public readonly record struct AlertDeliveryId(Guid Value) : IGuidId<AlertDeliveryId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AlertDeliveryId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AlertDeliveryId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
