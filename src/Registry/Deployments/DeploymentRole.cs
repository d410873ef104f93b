namespace Governance.Registry.Deployments;

/// <summary>What a deployed version is there for.</summary>
public enum DeploymentRole
{
    /// <summary>Answers what no challenger answers. At most one for a model in an environment.</summary>
    Champion,

    /// <summary>Answers its share, to be compared with the champion.</summary>
    Challenger,

    /// <summary>Gets a copy of its share of the requests; its answers are kept and reach nobody.</summary>
    Shadow,

    /// <summary>Runs on a server that is not ours, which sends us its traffic.</summary>
    Outside,
}

/// <summary>Roles in words.</summary>
public static class DeploymentRoles
{
    /// <summary>The role as people read it.</summary>
    public static string InWords(this DeploymentRole role) => role switch
    {
        DeploymentRole.Champion => "champion",
        DeploymentRole.Challenger => "challenger",
        DeploymentRole.Shadow => "shadow",
        DeploymentRole.Outside => "outside server",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>Whether it takes a share of the answers that leave.</summary>
    public static bool Answers(this DeploymentRole role) => role is DeploymentRole.Champion or DeploymentRole.Challenger;
}
