using Governance.Registry.Storage;

namespace Governance.Registry.Protection;

/// <summary>Which choice of a budget.</summary>
public readonly record struct BudgetChoiceId(Guid Value) : IGuidId<BudgetChoiceId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static BudgetChoiceId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static BudgetChoiceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which throttle.</summary>
public readonly record struct ThrottleChoiceId(Guid Value) : IGuidId<ThrottleChoiceId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static ThrottleChoiceId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static ThrottleChoiceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which choice of an output policy.</summary>
public readonly record struct OutputPolicyChoiceId(Guid Value) : IGuidId<OutputPolicyChoiceId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static OutputPolicyChoiceId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static OutputPolicyChoiceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
