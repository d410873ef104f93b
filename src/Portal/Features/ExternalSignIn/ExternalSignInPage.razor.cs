using Governance.Portal.Security;
using Governance.Registry.ExternalSignIn;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>The provider and the accounts that sign in with it, for administrators. It shows no secret.</summary>
public sealed partial class ExternalSignInPage
{
    private IReadOnlyList<ExternalLoginView> logins = [];
    private OidcSettings? settings;
    private string? fault;
    private string? refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ManageExternalLogins Manage { get; set; } = default!;

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // A button says it all; a form needs a model.
    private object Button { get; } = new();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        logins = await Manage.ListAsync(Http.RequestAborted);
        if (Services.GetService<OidcProvider>() is OidcProvider provider)
        {
            settings = provider.Settings;
            try
            {
                await provider.ReadAsync(Http.RequestAborted);
            }
            catch (OidcFaultException broken)
            {
                fault = broken.Message;
            }
        }
    }

    private async Task EndAsync(ExternalLoginId id)
    {
        refusal = await Manage.EndAsync(Http.User.Actor(), id, Http.RequestAborted) is ExternalLoginOutcome.Refused { Reason.Sentence: var sentence }
            ? sentence
            : null;
        logins = await Manage.ListAsync(Http.RequestAborted);
    }
}
