using System.ComponentModel.DataAnnotations;
using Governance.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>The second step of signing in: a code of the app, or a recovery code.</summary>
public sealed partial class CodePage
{
    private string? refusal;

    /// <summary>Where the visitor wanted to go; only a path of this portal is followed.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether a recovery code is asked for.</summary>
    [SupplyParameterFromQuery]
    public bool Recovery { get; set; }

    [SupplyParameterFromForm]
    private CodeForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private OpenSession OpenSession { get; set; } = default!;

    [Inject]
    private PendingSignIn Pending { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>This page, on the way to another.</summary>
    internal static string AddressFor(string? returnUrl, bool recovery) =>
        $"/accounts/code?returnUrl={Uri.EscapeDataString(LocalAddress.OrHome(returnUrl))}{(recovery ? "&recovery=true" : "")}";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new CodeForm();
        if (HttpMethods.IsGet(Http.Request.Method) && await Pending.FindAsync(Http) is null)
        {
            Navigation.NavigateTo(AccountEndpoints.SignInPath);
        }
    }

    private async Task SignInAsync()
    {
        OpenSessionOutcome outcome = await OpenSession.ByCodeAsync(Form!.Code, Recovery, Http);
        if (outcome is OpenSessionOutcome.Opened)
        {
            Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
            return;
        }

        refusal = outcome.Sentence(Recovery
            ? "This is not one of your recovery codes, or it was used."
            : "This is not the code of now. Each code is good once: wait for the next.");
        TooManyRequests.Answer(Http, outcome);
    }

    private sealed class CodeForm
    {
        [Required(ErrorMessage = "Enter the code."), StringLength(40, ErrorMessage = "A code is shorter.")]
        public string Code { get; set; } = "";
    }
}
