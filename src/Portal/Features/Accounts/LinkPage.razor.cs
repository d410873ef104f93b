using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Registry.Accounts;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>Sets a password with the code of an invitation or reset; signing in asks for the second factor as before.</summary>
public sealed partial class LinkPage
{
    /// <summary>Where links lead. The code stands behind '#', so that no server, proxy or history keeps it (ASVS 14.2.1).</summary>
    internal const string Path = "/accounts/link";

    private string? refusal;

    [SupplyParameterFromForm]
    private LinkForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private SetPassword SetPassword { get; set; } = default!;

    [Inject]
    private SignInSlowDown SlowDown { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override void OnInitialized() => Form ??= new LinkForm();

    private async Task SetAsync()
    {
        if (Form!.Password != Form.Again)
        {
            refusal = "The two passwords differ.";
            return;
        }

        if (SlowDown.Take(Http.Connection.RemoteIpAddress) is TimeSpan wait)
        {
            OpenSessionOutcome.TooMany tooMany = new(wait);
            refusal = tooMany.Sentence("");
            TooManyRequests.Answer(Http, tooMany);
            return;
        }

        SetPasswordOutcome outcome = await SetPassword.ByLinkAsync(Form.Code, Form.Password, Http.RequestAborted);
        if (outcome is not SetPasswordOutcome.Refused { Reason.Code: "no-link" })
        {
            SlowDown.GiveBack(Http.Connection.RemoteIpAddress);
        }

        switch (outcome)
        {
            case SetPasswordOutcome.Done:
                Navigation.NavigateTo($"{AccountEndpoints.SignInPath}?set=true");
                break;
            case SetPasswordOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class LinkForm
    {
        [Required(ErrorMessage = "Enter the code of your link.")]
        public string Code { get; set; } = "";

        public string Password { get; set; } = "";

        public string Again { get; set; } = "";
    }
}
