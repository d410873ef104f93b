using System.ComponentModel.DataAnnotations;
using Governance.Portal.Security;
using Governance.Registry.Accounts;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>Signing in: a static page that works without script.</summary>
public sealed partial class SignInPage
{
    private string? refusal;
    private bool isFirstRun;

    /// <summary>Where the visitor wanted to go; only a path of this portal is followed.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether an open page led here because its session is over.</summary>
    [SupplyParameterFromQuery]
    public bool Over { get; set; }

    /// <summary>Whether a password was set just now.</summary>
    [SupplyParameterFromQuery]
    public bool Set { get; set; }

    [SupplyParameterFromForm]
    private SignInForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private OpenSession OpenSession { get; set; } = default!;

    [Inject]
    private AccountQueries Accounts { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? News => Over ? "Your session is over. Sign in to go on."
        : Set ? "Your password is set. Sign in with it."
        : null;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new SignInForm();
        isFirstRun = !await Accounts.AnyAsync(Http.RequestAborted);
    }

    private async Task SignInAsync()
    {
        OpenSessionOutcome outcome = await OpenSession.ByPasswordAsync(Form!.Name, Form.Password, Http);
        switch (outcome)
        {
            case OpenSessionOutcome.Opened:
                Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
                break;
            case OpenSessionOutcome.CodeNeeded:
                Navigation.NavigateTo(CodePage.AddressFor(ReturnUrl, recovery: false));
                break;
            default:
                refusal = outcome.Sentence("Name and password do not belong together.");
                TooManyRequests.Answer(Http, outcome);
                break;
        }
    }

    private sealed class SignInForm
    {
        [Required(ErrorMessage = "Enter your user name."), StringLength(100, ErrorMessage = "A user name has at most 100 characters.")]
        public string Name { get; set; } = "";

        // Longer ones would only cost time to hash.
        [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRules.MaxLength, ErrorMessage = "A password has at most 1,000 characters.")]
        public string Password { get; set; } = "";
    }
}

/// <summary>The status of an answer to whoever has to wait.</summary>
internal static class TooManyRequests
{
    /// <summary>Sets 429 and how long to wait, where that is the outcome.</summary>
    public static void Answer(HttpContext http, OpenSessionOutcome outcome)
    {
        if (outcome is OpenSessionOutcome.TooMany { Wait: var wait })
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
