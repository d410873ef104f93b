using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Teams;

/// <summary>Teams and who belongs to them, for administrators.</summary>
public sealed partial class TeamsPage
{
    private const string Address = "/admin/teams";

    private IReadOnlyList<TeamView> teams = [];
    private IReadOnlyList<(Guid Id, string Name)> people = [];
    private string? refusal;

    [SupplyParameterFromForm(FormName = "team")]
    private TeamForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = "team-member")]
    private MemberForm? Member { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private TeamQueries Teams { get; set; } = default!;

    [Inject]
    private AddTeam Add { get; set; } = default!;

    [Inject]
    private ChangeMembership Change { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Nothing { get; } = new();

    private string Title => teams.Count switch
    {
        0 => "There is no team",
        1 => "One team",
        int count => $"{count} teams",
    };

    protected override async Task OnInitializedAsync()
    {
        Form ??= new TeamForm();
        Member ??= new MemberForm();
        teams = await Teams.ListAsync(Http.RequestAborted);
        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        people = [.. (await db.Users.AsNoTracking().Where(user => !user.Deactivated).OrderBy(user => user.DisplayName)
            .Select(user => new { user.Id, user.DisplayName, user.UserName }).ToListAsync(Http.RequestAborted))
            .Select(user => (user.Id, $"{user.DisplayName} ({user.UserName})"))];
    }

    private async Task AddTeamAsync()
    {
        switch (await Add.RunAsync(Http.User.Actor(), Form!.Name ?? "", Form.Title, Http.RequestAborted))
        {
            case AddTeamOutcome.Added:
                Navigation.NavigateTo(Address);
                break;
            case AddTeamOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private Task AddMemberAsync() => ChangeAsync(Member!.Team ?? "", new UserId(Member.User ?? default), true);

    private async Task ChangeAsync(string team, UserId user, bool belongs)
    {
        switch (await Change.RunAsync(Http.User.Actor(), team, user, belongs, Http.RequestAborted))
        {
            case MembershipOutcome.Changed:
                Navigation.NavigateTo(Address);
                break;
            case MembershipOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class TeamForm
    {
        public string? Name { get; set; }

        public string? Title { get; set; }
    }

    private sealed class MemberForm
    {
        public string? Team { get; set; }

        public Guid? User { get; set; }
    }
}
