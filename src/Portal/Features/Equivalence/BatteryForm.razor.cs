using System.Diagnostics;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Evidence;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Equivalence;

/// <summary>The form that puts a battery in the queue.</summary>
public sealed partial class BatteryForm
{
    private BatteryOffer offer = new([], null, null, null);
    private string? fault;

    /// <summary>The variant.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>What it was made from, at least one.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ParentView> Parents { get; set; } = [];

    [SupplyParameterFromForm(FormName = "battery")]
    private BatteryFields? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RequestBattery Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        offer = await Request.OfferAsync(View, Http.RequestAborted);
        Form ??= new BatteryFields { Parent = BatteryRequest.Label(Parents[0]), Evaluation = offer.Usual ?? "", Background = offer.Background ?? "" };
    }

    private async Task SubmitAsync()
    {
        StartRunOutcome outcome = await Request.RunAsync(
            Http.User.Actor(), View, new BatteryWish(Form!.Parent, Form.Evaluation, Form.Background), Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("battery")}#run");
                break;
            case StartRunOutcome.Refused { Reason: var reason }:
                fault = reason.Sentence;
                break;
            case StartRunOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class BatteryFields
    {
        public string Parent { get; set; } = "";

        public string Evaluation { get; set; } = "";

        public string Background { get; set; } = "";
    }
}
