using System.Diagnostics;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Protection;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Protection;

/// <summary>Throttles a model and opens it again.</summary>
public sealed partial class ThrottlePanel
{
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>How far the model answers now.</summary>
    [Parameter, EditorRequired]
    public Throttle Now { get; set; }

    [SupplyParameterFromForm(FormName = "throttle")]
    private ThrottleWish? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ThrottleModel Change { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => Now switch
    {
        Throttle.Open => "The model answers within its output policy",
        Throttle.LabelOnly => "The model is throttled: decisions alone",
        _ => "The model is stopped: no answers",
    };

    // Who sees the form; the use case has the last word.
    private bool May => View.Relation.Owner || new[] { Right.Operate, Right.Suspend, Right.Administer }
        .Any(right => AccessPolicy.Decide(View.Person.Roles, right, View.Relation).Allowed);

    protected override void OnInitialized() => Form ??= new ThrottleWish { To = Now };

    private async Task ChangeAsync()
    {
        switch (await Change.RunAsync(Http.User.Actor(), View.Model.Name, Form!.To, Form.Reason, Http.RequestAborted))
        {
            case ProtectionOutcome.Changed:
                Navigation.NavigateTo($"{View.Address("protection")}#throttle");
                break;
            case ProtectionOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case ProtectionOutcome.NoSuchModel:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class ThrottleWish
    {
        public Throttle To { get; set; }

        public string? Reason { get; set; }
    }
}
