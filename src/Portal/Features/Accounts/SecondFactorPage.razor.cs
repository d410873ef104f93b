using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>One's own authenticator app, recovery codes and passkeys.</summary>
public sealed partial class SecondFactorPage
{
    private byte[]? secret;
    private bool isEnrolled;
    private int left;
    private IReadOnlyList<UserPasskeyInfo> passkeys = [];
    private IReadOnlyList<string>? codes;
    private string? refusal;

    /// <summary>Whether the portal led here because it wants a second factor.</summary>
    [SupplyParameterFromQuery]
    public bool Required { get; set; }

    [SupplyParameterFromForm]
    private CodeForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private EnrolSecondFactor Enrol { get; set; } = default!;

    [Inject]
    private CheckSecondFactor Check { get; set; } = default!;

    [Inject]
    private UsePasskey Passkeys { get; set; } = default!;

    [Inject]
    private StepUp StepUp { get; set; } = default!;

    [Inject]
    private PortalOptions Options { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The buttons say it all; a form needs a model.
    private object Button { get; } = new();

    private UserId Person => Http.User.Id();

    private string Address => OtpAddress.Of(Http.User.Identity!.Name!, secret!);

    private string KeyText => string.Join(' ', Base32.Encode(secret!).Chunk(4).Select(part => new string(part)));

    private string AppNote => isEnrolled
        ? $"In use. You have {left} of 10 recovery codes left."
        : "Not in use. Any app that knows time-based codes (RFC 6238) will do.";

    private string PasskeyNote => Options.EffectivePasskeyDomain is null
        ? "This portal is not set up for passkeys: it does not know the name that browsers call it by (--passkey-domain)."
        : passkeys.Count == 0
        ? "None yet. A passkey is bound to this portal’s address, so that it cannot be given away to another site."
        : "Each signs you in without name and password.";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new CodeForm();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        // The key is drawn only for someone who has just shown who they are.
        isEnrolled = await Check.IsEnrolledAsync(Person, Http.RequestAborted);
        secret = !isEnrolled && await IsFreshAsync()
            ? await Enrol.BeginAsync(Person, Http.RequestAborted)
            : null;
        left = await Check.CodesLeftAsync(Person, Http.RequestAborted);
        passkeys = await Passkeys.ListAsync(Person);
    }

    private Task<bool> IsFreshAsync() => StepUp.IsFreshAsync(Http.User, StepUpPurpose.OwnAccount, Http.RequestAborted);

    private Task EnrolAsync() => DoAsync(async () =>
    {
        codes = await Enrol.ConfirmAsync(Person, Http.User.OwnSession(), Form!.Code ?? "", Http.RequestAborted);
        refusal = codes is null ? "This is not the code of now. Look at the clock of your phone, and try the next code." : null;
    });

    private Task RenewAsync() => DoAsync(async () =>
        codes = await Enrol.RenewCodesAsync(Person, Http.User.OwnSession(), Http.RequestAborted));

    private Task RemoveAsync() => DoAsync(async () => refusal = (await Enrol.RemoveAsync(
        Actor.Person(Person, Http.User.OwnSession().ToString()), Person, Http.User.OwnSession(), Http.RequestAborted))?.Sentence);

    private Task RemovePasskeyAsync(byte[] credential) => DoAsync(async () =>
    {
        await Passkeys.RemoveAsync(Person, Http.User.OwnSession(), credential, Http.RequestAborted);
        Navigation.NavigateTo(AccountPages.SecondFactorPath);
    });

    private async Task DoAsync(Func<Task> change)
    {
        if (await IsFreshAsync())
        {
            await change();
            await LoadAsync();
        }
        else
        {
            refusal = StepUp.Stale.Sentence;
        }
    }

    private sealed class CodeForm
    {
        public string? Code { get; set; }
    }
}
