using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Traffic;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Traffic;

/// <summary>The form by which traffic becomes a data set.</summary>
public sealed partial class KeepTrafficPanel
{
    private Dataset? kept;
    private string? refusal;

    /// <summary>Whose traffic.</summary>
    [Parameter, EditorRequired]
    public DeploymentView Deployment { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "keep-traffic")]
    private KeepForm? Keep { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private KeepTraffic Keeping { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override void OnInitialized() => Keep ??= new KeepForm();

    private async Task KeepAsync()
    {
        if (Keep!.Days is < 1 or > TrafficDays.Most)
        {
            refusal = $"Keep 1 to {TrafficDays.Most} days.";
            return;
        }

        try
        {
            KeptTraffic wish = KeptTraffic.LastDays(Deployment.Deployment.Id, Keep.Days, Clock.GetUtcNow(), labelled: !Keep.All);
            switch (await Keeping.RunAsync(Http.User.Actor(), wish, Http.RequestAborted))
            {
                case RegisterDatasetOutcome.Registered { Dataset: var dataset }:
                    kept = dataset;
                    break;
                case RegisterDatasetOutcome.Refused { Reason: var reason }:
                    refusal = reason.Sentence;
                    break;
                default:
                    throw new UnreachableException();
            }
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }

    private sealed class KeepForm
    {
        public int Days { get; set; } = 30;

        public bool All { get; set; }
    }
}
