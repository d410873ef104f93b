using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>One account, for administrators: roles, state, links, sessions.</summary>
public sealed partial class UserPage
{
    private AccountLine? line;
    private IReadOnlyList<Session> open = [];
    private string? refusal;
    private IssuedLink? link;

    /// <summary>The user name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromForm]
    private RolesForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private AccountQueries Accounts { get; set; } = default!;

    [Inject]
    private SessionQueries Sessions { get; set; } = default!;

    [Inject]
    private ChangeAccount ChangeAccount { get; set; } = default!;

    [Inject]
    private IssueLink IssueLink { get; set; } = default!;

    [Inject]
    private HelpAccount Help { get; set; } = default!;

    [Inject]
    private EnrolSecondFactor SecondFactor { get; set; } = default!;

    [Inject]
    private StepUp StepUp { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The buttons say it all; a form needs a model.
    private object Button { get; } = new();

    private UserId User => line!.Person.Id;

    private Actor Actor => Http.User.Actor();

    private bool IsOwn => User == Http.User.Id();

    /// <summary>Where an account's page is.</summary>
    internal static string AddressOf(string userName) => $"{AdminPages.UsersPath}/{Uri.EscapeDataString(userName)}";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new RolesForm();
        line = await Accounts.FindAsync(Actor, Name, Http.RequestAborted);
        if (line is null)
        {
            Navigation.NotFound();
            return;
        }

        open = await Sessions.OpenAsync(User, Http.RequestAborted);
    }

    private Task SetRolesAsync() => DoAsync(() => ChangeAsync(Form!.Roles.ToHashSet(), line!.Deactivated));

    private Task SetStateAsync(bool deactivated) => DoAsync(() => ChangeAsync(line!.Roles.ToHashSet(), deactivated));

    private Task UnlockAsync() => DoAsync(() => Help.UnlockAsync(Actor, User, Http.RequestAborted));

    private Task EndAsync(SessionId? session) => DoAsync(() => Help.EndSessionsAsync(Actor, User, session, Http.RequestAborted));

    private Task RemoveAppAsync() => DoAsync(() => SecondFactor.RemoveAsync(Actor, User, null, Http.RequestAborted));

    private async Task<Refusal?> ChangeAsync(IReadOnlySet<Role> roles, bool deactivated) =>
        await ChangeAccount.RunAsync(Actor, User, roles, deactivated, Http.RequestAborted) is ChangeAccountOutcome.Refused { Reason: var reason }
            ? reason
            : null;

    // The link is shown in this very answer: nowhere else is it in the clear.
    private async Task ResetAsync()
    {
        if (!await IsFreshAsync())
        {
            return;
        }

        switch (await IssueLink.RunAsync(Actor, User, Http.RequestAborted))
        {
            case IssueLinkOutcome.Issued { Link: var issued }:
                link = issued;
                break;
            case IssueLinkOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task DoAsync(Func<Task<Refusal?>> change)
    {
        if (!await IsFreshAsync())
        {
            return;
        }

        refusal = (await change())?.Sentence;
        if (refusal is null)
        {
            Navigation.NavigateTo(AddressOf(line!.UserName));
        }
    }

    private async Task<bool> IsFreshAsync()
    {
        bool fresh = await StepUp.IsFreshAsync(Http.User, StepUpPurpose.Accounts, Http.RequestAborted);
        refusal = fresh ? null : StepUp.Stale.Sentence;
        return fresh;
    }

    private sealed class RolesForm
    {
        public Role[] Roles { get; set; } = [];
    }
}
