using System.ComponentModel.DataAnnotations;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Shows within a session, with all factors of the account, that it is still the person who signed in.</summary>
public sealed partial class ConfirmPage
{
    private string? refusal;
    private bool hasPassword;
    private bool hasApp;

    /// <summary>What for (<see cref="StepUpPurpose"/>).</summary>
    [SupplyParameterFromQuery]
    public string? Purpose { get; set; }

    /// <summary>Where to go on; only a path of this portal is followed.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>The digest of what will be signed; null or no digest for a purpose as a whole.</summary>
    [SupplyParameterFromQuery]
    public string? Over { get; set; }

    [SupplyParameterFromForm]
    private ConfirmForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private CheckPassword CheckPassword { get; set; } = default!;

    [Inject]
    private CheckSecondFactor SecondFactor { get; set; } = default!;

    [Inject]
    private SignInAttempts Attempts { get; set; } = default!;

    [Inject]
    private ConfirmSession Confirm { get; set; } = default!;

    [Inject]
    private UserManager<GovernanceUser> Users { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private StepUpPurpose Wanted => Enum.TryParse(Purpose, out StepUpPurpose known) && Enum.IsDefined(known) ? known : StepUpPurpose.OwnAccount;

    private FactDigest? Signed => FactDigest.TryParse(Over, out FactDigest digest) ? digest : null;

    private string PasskeyPurpose => Signed is FactDigest digest ? $"{Wanted}:{digest.Hex}" : Wanted.ToString();

    private string Target => LocalAddress.OrHome(ReturnUrl);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new ConfirmForm();
        hasPassword = (await Users.FindByIdAsync(Http.User.Id().ToString()))?.PasswordHash is not null;
        hasApp = await SecondFactor.IsEnrolledAsync(Http.User.Id(), Http.RequestAborted);
    }

    private async Task ConfirmAsync()
    {
        UserId person = Http.User.Id();
        CheckedPassword known = await CheckPassword.RunAsync(Http.User.Identity!.Name!, Form!.Password, Http.RequestAborted);
        if (known.User is null)
        {
            Refuse(known.LockedUntil);
            return;
        }

        if (hasApp && !await SecondFactor.CodeAsync(person, Form.Code ?? "", Http.RequestAborted))
        {
            Refuse(await Attempts.FailAsync(person, Http.RequestAborted));
            return;
        }

        await Attempts.ClearAsync(person, Http.RequestAborted);
        await Confirm.RunAsync(Http.User.OwnSession(), Wanted, Signed, Http.RequestAborted);
        Navigation.NavigateTo(Target);
    }

    private void Refuse(DateTimeOffset? locked) => refusal =
        (locked is DateTimeOffset until ? new OpenSessionOutcome.Locked(until) : (OpenSessionOutcome)new OpenSessionOutcome.Refused())
            .Sentence(hasApp ? "Password and code do not fit. Each code is good once." : "The password is wrong.");

    private sealed class ConfirmForm
    {
        [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRules.MaxLength, ErrorMessage = "A password has at most 1,000 characters.")]
        public string Password { get; set; } = "";

        [StringLength(40, ErrorMessage = "A code is shorter.")]
        public string? Code { get; set; }
    }
}
