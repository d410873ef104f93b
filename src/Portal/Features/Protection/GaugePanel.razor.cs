using System.Diagnostics;
using System.Globalization;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Protection;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Protection;

/// <summary>The extraction gauge of a version, with the owner's forms.</summary>
public sealed partial class GaugePanel
{
    private string? refusal;

    /// <summary>Everybody on the gauge.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<GaugeView> Views { get; set; } = [];

    /// <summary>Whether the forms are shown; the use case has the last word.</summary>
    [Parameter, EditorRequired]
    public bool MayDecide { get; set; }

    /// <summary>The page that shows it.</summary>
    [Parameter, EditorRequired]
    public string Back { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private DecideGauge Decide { get; set; } = default!;

    [Inject]
    private StepUp Confirmed { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // A form needs a model; its fields are read from the request, one form a principal.
    private object Wish { get; } = new();

    private async Task ApproveAsync(GaugeMarkId mark)
    {
        if (!long.TryParse(Http.Request.Form["units"], CultureInfo.InvariantCulture, out long units))
        {
            refusal = "Say how many more units are approved.";
            return;
        }

        Show(await IsFreshAsync()
            ? await Decide.ApproveAsync(Http.User.Actor(), mark, units, Http.Request.Form["reason"], Http.RequestAborted)
            : new ProtectionOutcome.Refused(StepUp.Stale));
    }

    private async Task RefuseAsync(GaugeMarkId mark) => Show(await IsFreshAsync()
        ? await Decide.RefuseAsync(Http.User.Actor(), mark, Http.Request.Form["reason"], Http.RequestAborted)
        : new ProtectionOutcome.Refused(StepUp.Stale));

    private Task<bool> IsFreshAsync() => Confirmed.IsFreshAsync(Http.User, StepUpPurpose.Alarms, Http.RequestAborted);

    private void Show(ProtectionOutcome outcome)
    {
        switch (outcome)
        {
            case ProtectionOutcome.Changed:
                Navigation.NavigateTo($"{Back}#gauge");
                break;
            case ProtectionOutcome.Refused { Reason: Refusal reason }:
                refusal = reason.Sentence;
                break;
            case ProtectionOutcome.NoSuchModel:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
