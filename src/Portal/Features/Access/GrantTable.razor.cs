using System.Diagnostics;
using System.Globalization;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Access;

/// <summary>The grants of a model, with a button that revokes each.</summary>
public sealed partial class GrantTable
{
    private string? refusal;

    /// <summary>What is known.</summary>
    [Parameter, EditorRequired]
    public AccessOverview Overview { get; set; } = default!;

    /// <summary>Whether the viewer may revoke.</summary>
    [Parameter]
    public bool MayGrant { get; set; }

    /// <summary>Whether these are everybody's grants.</summary>
    [Parameter]
    public bool All { get; set; }

    /// <summary>The page's path.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RevokeAccess Revoke { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Nothing { get; } = new();

    private async Task RevokeAsync(ModelGrantId grant)
    {
        switch (await Revoke.RunAsync(Http.User.Actor(), grant, Overview.Model.Name, Http.RequestAborted))
        {
            case RevokeOutcome.Revoked:
                Navigation.NavigateTo(Address);
                break;
            case RevokeOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Extras(ModelGrant grant) => (grant.Explanations, grant.PersonalRows) switch
    {
        (true, true) => "explanations of rows, personal rows",
        (true, false) => "explanations of rows",
        (false, true) => "personal rows",
        _ => "",
    };
}
