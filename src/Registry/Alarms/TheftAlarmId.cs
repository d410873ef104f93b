using Governance.Registry.Storage;

namespace Governance.Registry.Alarms;

/// <summary>Which alarm.</summary>
public readonly record struct TheftAlarmId(Guid Value) : IGuidId<TheftAlarmId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static TheftAlarmId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static TheftAlarmId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which step after an alarm.</summary>
public readonly record struct AlarmStepId(Guid Value) : IGuidId<AlarmStepId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static AlarmStepId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static AlarmStepId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
