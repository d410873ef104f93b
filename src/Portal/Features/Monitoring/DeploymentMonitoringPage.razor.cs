using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Deployments;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Monitoring;

/// <summary>What monitors read of one deployment.</summary>
public sealed partial class DeploymentMonitoringPage
{
    private DeploymentView? deployment;
    private MonitoringDesk? desk;

    /// <summary>Which deployment.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The start of a window.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>Its end.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>A cohort; blank for all rows.</summary>
    [SupplyParameterFromQuery]
    public string? Cohort { get; set; }

    /// <summary>The span in days; 0 for everything.</summary>
    [SupplyParameterFromQuery]
    public int? Days { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private DeploymentQueries Deployments { get; set; } = default!;

    [Inject]
    private ReadMonitoring Read { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        deployment = (await Deployments.FindAsync(Http.User.Id(), new DeploymentId(Id), Http.RequestAborted))?.View;
        VersionView? view = deployment is null ? null : await Versions.FindAsync(deployment.Model, deployment.Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        desk = await Read.RunAsync(
            $"/deployments/{Id}/monitoring", view, deployment!, new MonitoringWish(From, To, Cohort, Days), "", Http.RequestAborted);
    }
}
