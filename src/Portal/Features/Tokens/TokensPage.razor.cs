using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Tokens;

/// <summary>All tokens, for administrators.</summary>
public sealed partial class TokensPage
{
    private IReadOnlyList<TokenView> tokens = [];
    private IReadOnlyList<(Guid Id, string Name)> accounts = [];
    private string? refusal;
    private string? offered;
    private string? secret;

    [SupplyParameterFromForm(FormName = "token")]
    private TokenForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private TokenQueries Queries { get; set; } = default!;

    [Inject]
    private IssueToken Issue { get; set; } = default!;

    [Inject]
    private RevokeToken Revoke { get; set; } = default!;

    // A button says it all; a form needs a model.
    private object Button { get; } = new();

    private string Title => tokens.Count(view => view.State == TokenState.Valid) switch
    {
        0 => "No token may be used",
        1 => "One token may be used",
        int count => $"{count} tokens may be used",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new TokenForm();
        accounts = [.. (await Queries.AccountsAsync(Http.RequestAborted))
            .Select(account => (account.Id.Value, account.Kind == AccountKind.Service ? $"{account.Name} (service)" : account.Name))];
        await LoadAsync();
    }

    private async Task LoadAsync() => tokens = await Queries.AllAsync(Http.RequestAborted);

    private async Task IssueAsync()
    {
        switch (await Issue.RunAsync(Http.User.Actor(), Form!.Wish(), Http.RequestAborted))
        {
            case IssueTokenOutcome.Issued { Text: var text }:
                secret = text; // an administrator's own
                Form = new TokenForm();
                break;
            case IssueTokenOutcome.Offered { Token.Name: var name }:
                offered = name;
                Form = new TokenForm();
                break;
            case IssueTokenOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }

        await LoadAsync();
    }

    private async Task RevokeAsync(ApiTokenId id)
    {
        refusal = await Revoke.RunAsync(Http.User.Actor(), id, Http.RequestAborted) is RevokeTokenOutcome.Refused { Reason.Sentence: var sentence }
            ? sentence
            : null;
        await LoadAsync();
    }
}
