using Governance.Audit.Monitoring;
using Governance.Audit.Privacy;
using Governance.Audit.Traffic;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Monitoring;

/// <summary>Readings as one person may see them, by every mark that the reference data's columns bear at this moment.</summary>
internal sealed class ShowReadings(DescribeDeployment describe)
{
    /// <summary>Masks what the person may not read.</summary>
    /// <param name="standing">How the person stands to the deployment's version.</param>
    /// <param name="deployment">Which.</param>
    /// <param name="readings">What was kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<MonitorReading>> RunAsync(
        Standing standing, DeploymentId deployment, IReadOnlyList<MonitorReading> readings, CancellationToken cancellationToken)
    {
        AccessDecision personal = standing.Person is Person person
            ? AccessPolicy.Decide(person.Roles, Right.SeePersonalRows, standing.Relation) : AccessDecision.Denied;
        DeploymentColumns? known = await describe.RunAsync(deployment, cancellationToken);
        return MaskReadings.Run(readings, RowMask.Of(personal, known?.Columns ?? []), PolicyPack.Default.SmallestShownGroup);
    }
}
