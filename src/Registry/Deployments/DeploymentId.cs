using Governance.Registry.Storage;

namespace Governance.Registry.Deployments;

/// <summary>Which deployment.</summary>
public readonly record struct DeploymentId(Guid Value) : IGuidId<DeploymentId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static DeploymentId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static DeploymentId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
