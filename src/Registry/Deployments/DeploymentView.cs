using Governance.Registry.Versions;

namespace Governance.Registry.Deployments;

/// <summary>A deployment with what people call it.</summary>
/// <param name="Deployment">The fact.</param>
/// <param name="End">How it ended; null while it is live.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version's number.</param>
/// <param name="Stage">Where the version stands now: unless it is approved, nothing answers.</param>
/// <param name="By">Who deployed it.</param>
/// <param name="Reference">The name of the data set that windows are compared with; null for none.</param>
public sealed record DeploymentView(
    Deployment Deployment, DeploymentEnd? End, string Model, int Number, Stage Stage, string By, string? Reference)
{
    /// <summary>The version's name for people: "credit/3".</summary>
    public string Label => $"{Model}/{Number}";

    /// <summary>When it ended; null while it is live.</summary>
    public DateTimeOffset? To => End?.To;

    /// <summary>Whether it answers at a time: it has begun, has not ended, and its version is approved.</summary>
    public bool AnswersAt(DateTimeOffset now) => Deployment.From <= now && End is null && Stage.IsApproved();
}
