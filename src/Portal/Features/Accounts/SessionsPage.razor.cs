using Governance.Portal.Security;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>Where a person is signed in, and the way to end it.</summary>
public sealed partial class SessionsPage
{
    private const int MostEnded = 10;

    private IReadOnlyList<Session> open = [];
    private IReadOnlyList<Session> ended = [];

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private SessionQueries Sessions { get; set; } = default!;

    [Inject]
    private EndSessions EndSessions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Button { get; } = new();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        open = await Sessions.OpenAsync(Http.User.Id(), Http.RequestAborted);
        ended = await Sessions.EndedAsync(Http.User.Id(), MostEnded, Http.RequestAborted);
    }

    private async Task EndAsync(SessionId session)
    {
        await EndSessions.OneAsync(Http.User.Id(), session, SessionEnd.Revoked, Http.RequestAborted);
        Navigation.NavigateTo(AccountPages.SessionsPath);
    }

    private async Task EndOthersAsync()
    {
        await EndSessions.AllAsync(Http.User.Id(), Http.User.OwnSession(), SessionEnd.Revoked, Http.RequestAborted);
        Navigation.NavigateTo(AccountPages.SessionsPath);
    }
}
