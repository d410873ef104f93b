using Governance.Registry.Datasets;
using Governance.Registry.Versions;

namespace Governance.Registry.Deployments;

/// <summary>A deployment that somebody wants.</summary>
/// <param name="Version">Which version.</param>
/// <param name="Environment">Such as "production".</param>
/// <param name="Role">What it is there for.</param>
public sealed record NewDeployment(ModelVersionId Version, string Environment, DeploymentRole Role)
{
    /// <summary>Above 0, at most 1 (the default). Shares of champion and challengers add up to at most 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>From when on; null for now. Before now only for an outside server.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The rows that windows are compared with; null where there are none yet.</summary>
    public DatasetId? Reference { get; init; }

    /// <summary>A live deployment of the same model and environment that ends in the same moment; null for none.</summary>
    public DeploymentId? Replaces { get; init; }
}
