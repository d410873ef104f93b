using Governance.Audit.Traffic;
using Governance.Registry.Deployments;

namespace Governance.Portal.Features.Traffic;

/// <summary>What programs are told of a batch.</summary>
/// <param name="Schema">Always <see cref="TrafficEndpoints.Schema"/>.</param>
/// <param name="Deployment">Of which deployment.</param>
/// <param name="Rows">Rows or labels that count.</param>
/// <param name="Repeated">Rows or labels that were there already, and count once.</param>
/// <param name="Conflicts">Rows whose id was there with another content: the first counts. Of labels, corrections.</param>
/// <param name="AcceptedBefore">Whether this very batch had been accepted before.</param>
internal sealed record TrafficAnswer(string Schema, Guid Deployment, int Rows, int Repeated, int Conflicts, bool AcceptedBefore)
{
    /// <summary>The answer.</summary>
    public static TrafficAnswer Of(Guid deployment, IngestOutcome outcome) =>
        new(TrafficEndpoints.Schema, deployment, outcome.Rows, outcome.Repeated, outcome.Conflicts, outcome.AcceptedBefore);
}

/// <summary>What programs are told of an event.</summary>
/// <param name="Schema">Always <see cref="TrafficEndpoints.Schema"/>.</param>
/// <param name="Joined">Of how many events both halves are there now.</param>
/// <param name="Waiting">Of how many the other half is awaited.</param>
internal sealed record EventAnswer(string Schema, int Joined, int Waiting);

/// <summary>A deployment as programs see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Environment">Where it is live.</param>
/// <param name="Role">Champion, Challenger, Shadow or Outside.</param>
/// <param name="Share">The share of the requests that it gets.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Until when; null while it is live.</param>
/// <param name="Reference">The data set that windows are compared with; null for none.</param>
internal sealed record DeploymentAnswer(
    Guid Id, string Model, int Version, string Environment, string Role, double Share, DateTimeOffset From, DateTimeOffset? To, string? Reference)
{
    /// <summary>The answer.</summary>
    public static DeploymentAnswer Of(DeploymentView view) => new(
        view.Deployment.Id.Value, view.Model, view.Number, view.Deployment.Environment, view.Deployment.Role.ToString(), view.Deployment.Share,
        view.Deployment.From, view.To, view.Reference);
}
