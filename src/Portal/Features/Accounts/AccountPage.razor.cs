using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>Who one is here, and another password for whoever knows the old one.</summary>
public sealed partial class AccountPage
{
    private string? refusal;
    private bool done;

    [SupplyParameterFromForm]
    private PasswordForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private SetPassword SetPassword { get; set; } = default!;

    [Inject]
    private SignInAttempts Attempts { get; set; } = default!;

    /// <inheritdoc />
    protected override void OnInitialized() => Form ??= new PasswordForm();

    private async Task ChangeAsync()
    {
        if (Form!.Password != Form.Again)
        {
            refusal = "The two new passwords differ.";
            return;
        }

        UserId person = Http.User.Id();
        if (await Attempts.TakeAsync(person, Http.RequestAborted) is DateTimeOffset locked)
        {
            refusal = new OpenSessionOutcome.Locked(locked).Sentence("");
            return;
        }

        switch (await SetPassword.ByOldAsync(person, Http.User.OwnSession(), Form.Old, Form.Password, Http.RequestAborted))
        {
            case SetPasswordOutcome.Done:
                await Attempts.ClearAsync(person, Http.RequestAborted);
                done = true;
                break;
            case SetPasswordOutcome.Refused { Reason: { Code: "wrong-password" } reason }:
                await Attempts.FailAsync(person, Http.RequestAborted);
                refusal = reason.Sentence;
                break;
            case SetPasswordOutcome.Refused { Reason: var reason }:
                await Attempts.GiveBackAsync(person, Http.RequestAborted);
                refusal = reason.Sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class PasswordForm
    {
        [Required(ErrorMessage = "Enter the password that you have until now.")]
        public string Old { get; set; } = "";

        public string Password { get; set; } = "";

        public string Again { get; set; } = "";
    }
}
