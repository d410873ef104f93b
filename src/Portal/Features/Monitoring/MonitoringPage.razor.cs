using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Deployments;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Monitoring;

/// <summary>What monitors read of the deployments of one version: a tab of its pages.</summary>
public sealed partial class MonitoringPage
{
    private VersionView? view;
    private MonitoringDesk? desk;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Which deployment; the latest where it is not named.</summary>
    [SupplyParameterFromQuery]
    public Guid? Deployment { get; set; }

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
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        IReadOnlyList<DeploymentView> all = await Deployments.VisibleToAsync(Http.User.Id(), view.Version.Id, Http.RequestAborted);
        DeploymentView? shown = all.FirstOrDefault(each => each.Deployment.Id.Value == Deployment) ?? all.FirstOrDefault(each => each.End is null) ?? (all.Count == 0 ? null : all[0]);
        if (shown is not null)
        {
            MonitoringDesk read = await Read.RunAsync(
                view.Address("monitoring"), view, shown, new MonitoringWish(From, To, Cohort, Days),
                all.Count > 1 ? $"deployment={shown.Deployment.Id}" : "", Http.RequestAborted);
            desk = read with { Deployments = [.. all.Select(each => (each.Deployment.Id.Value, $"{each.Deployment.Environment}, {each.Deployment.Role.InWords()}{(each.End is null ? "" : ", ended")}"))] };
        }
    }
}
