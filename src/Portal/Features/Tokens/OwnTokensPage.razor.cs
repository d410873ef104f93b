using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Tokens;

/// <summary>The tokens of the person who is signed in, and of the service accounts that they answer for.</summary>
public sealed partial class OwnTokensPage
{
    private IReadOnlyList<TokenView> tokens = [];
    private IReadOnlyList<(Guid Id, string Name)> accounts = [];
    private string? refusal;
    private string? secret;

    [SupplyParameterFromForm(FormName = "token")]
    private TokenForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private TokenQueries Queries { get; set; } = default!;

    [Inject]
    private ServiceAccountQueries Services { get; set; } = default!;

    [Inject]
    private PeopleQueries People { get; set; } = default!;

    [Inject]
    private IssueToken Issue { get; set; } = default!;

    [Inject]
    private CollectToken Collect { get; set; } = default!;

    [Inject]
    private RevokeToken Revoke { get; set; } = default!;

    // A button says it all; a form needs a model.
    private object Button { get; } = new();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        UserId me = Http.User.Id();
        Person? person = await People.FindAsync(me, Http.RequestAborted);
        bool own = person is not null
            && TokenPolicy.StandingOf(person, new GovernanceUser { Id = me.Value }) == TokenStanding.Issues;
        accounts =
        [
            .. own ? [(me.Value, $"{person!.DisplayName} (you)")] : Array.Empty<(Guid, string)>(),
            .. (await Services.AllAsync(Http.RequestAborted)).Where(service => service.Owner == me && !service.Deactivated)
                .Select(service => (service.Id.Value, $"{service.Name} (service)")),
        ];
        Form ??= new TokenForm { Account = accounts.Count == 1 ? accounts[0].Id : null };
        await LoadAsync();
    }

    private async Task LoadAsync() => tokens = await Queries.OfAsync(Http.User.Id(), Http.RequestAborted);

    private async Task IssueAsync() => await ShowAsync(await Issue.RunAsync(Http.User.Actor(), Form!.Wish(), Http.RequestAborted));

    private async Task CollectAsync(ApiTokenId id) => await ShowAsync(await Collect.RunAsync(Http.User.Actor(), id, Http.RequestAborted));

    private async Task RevokeAsync(ApiTokenId id)
    {
        refusal = await Revoke.RunAsync(Http.User.Actor(), id, Http.RequestAborted) is RevokeTokenOutcome.Refused { Reason.Sentence: var sentence }
            ? sentence
            : null;
        await LoadAsync();
    }

    private async Task ShowAsync(IssueTokenOutcome outcome)
    {
        switch (outcome)
        {
            case IssueTokenOutcome.Issued { Text: var text }:
                secret = text; // in this answer and nowhere else: no redirect could carry it
                Form = new TokenForm { Account = accounts.Count == 1 ? accounts[0].Id : null };
                break;
            case IssueTokenOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            case IssueTokenOutcome.Offered:
            default:
                throw new UnreachableException(); // nobody offers themself a token
        }

        await LoadAsync();
    }
}
