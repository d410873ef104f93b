using Governance.Portal.Security;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Deployments;

/// <summary>What is and was live, with the volume of the last thirty days.</summary>
public sealed partial class DeploymentsPage
{
    private IReadOnlyList<VolumeLine> lines = [];
    private DateTimeOffset now;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private DeploymentQueries Deployments { get; set; } = default!;

    [Inject]
    private TrafficQueries Traffic { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        now = Clock.GetUtcNow();
        IReadOnlyList<DeploymentView> views = await Deployments.VisibleToAsync(Http.User.Id(), null, Http.RequestAborted);
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        lines = VolumeLine.Of(
            views, await Traffic.VolumeAsync([.. views.Select(view => view.Deployment.Id)], TrafficKind.Rows, VolumeLine.First(today), Http.RequestAborted), today);
    }
}
