using Governance.Registry.Access;

namespace Governance.Registry.Deployments;

/// <summary>What came of deploying, or of ending a deployment.</summary>
public abstract record DeploymentOutcome
{
    private DeploymentOutcome()
    {
    }

    /// <summary>It is live.</summary>
    public sealed record Deployed(Deployment Deployment) : DeploymentOutcome;

    /// <summary>It is over.</summary>
    public sealed record Ended(Deployment Deployment, DeploymentEnd End) : DeploymentOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : DeploymentOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NotFound : DeploymentOutcome;
}
