using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using Governance.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>Signing in: a static page that works without script.</summary>
public sealed partial class SignInPage
{
    private string? refusal;

    /// <summary>Where the visitor wanted to go; only a path of this portal is followed.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm]
    private SignInForm? Form { get; set; }

    [Inject]
    private OpenSession OpenSession { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override void OnInitialized() => Form ??= new SignInForm();

    private async Task SignInAsync()
    {
        switch (await OpenSession.RunAsync(Form!.Name, Form.Password))
        {
            case OpenSessionOutcome.Opened:
                Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
                break;
            case OpenSessionOutcome.Refused:
                refusal = "Name and password do not belong together.";
                break;
            case OpenSessionOutcome.Locked { Until: var until }:
                refusal = $"There were {AccountRules.Attempts} wrong passwords. The account is locked until "
                    + $"{until.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC.";
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class SignInForm
    {
        [Required(ErrorMessage = "Enter your user name."), StringLength(100, ErrorMessage = "A user name has at most 100 characters.")]
        public string Name { get; set; } = "";

        // Longer ones would only cost time to hash.
        [Required(ErrorMessage = "Enter your password."), StringLength(1_000, ErrorMessage = "A password has at most 1,000 characters.")]
        public string Password { get; set; } = "";
    }
}
