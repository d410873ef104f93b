using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Models;

/// <summary>The grants of a model, and the form that gives one.</summary>
public sealed partial class GrantsPanel
{
    private IReadOnlyList<GrantView>? grants;
    private IReadOnlyList<(Guid Id, string Person)> people = [];
    private string? refusal;

    /// <summary>The model.</summary>
    [Parameter, EditorRequired]
    public Model Model { get; set; } = default!;

    /// <summary>Whether the person who looks may give grants.</summary>
    [Parameter]
    public bool MayGrant { get; set; }

    [SupplyParameterFromForm(FormName = "grant")]
    private GrantForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private GrantAccess Grant { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new GrantForm();
        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        ModelId id = Model.Id;
        List<ModelGrant> rows = await db.Grants.AsNoTracking().Where(grant => grant.Model == id && grant.RevokedAt == null)
            .OrderBy(grant => grant.GrantedAt).ToListAsync(Http.RequestAborted);
        PersonNames names = await PersonNames.LoadAsync(
            db, [.. rows.Select(grant => grant.User).OfType<UserId>(), .. rows.Select(grant => grant.GrantedBy).OfType<UserId>()], Http.RequestAborted);
        Dictionary<TeamId, string> teams = await db.Teams.AsNoTracking().ToDictionaryAsync(team => team.Id, team => team.Title, Http.RequestAborted);
        List<GrantView> views = [];
        foreach (ModelGrant grant in rows)
        {
            Person? person = grant.User is UserId user ? await Standing.FindPersonAsync(db, user, Http.RequestAborted) : null;
            views.Add(new GrantView(
                grant.Team is TeamId team ? $"Team {teams[team]}" : names.Of(grant.User),
                string.Join(", ", person?.Roles.Order().Select(role => RoleWords.Of(role.ToString())) ?? []),
                Extras(grant), names.Of(grant.GrantedBy), grant.GrantedAt));
        }

        grants = views;
        if (MayGrant)
        {
            people = [.. (await db.Users.AsNoTracking().Where(user => !user.Deactivated).OrderBy(user => user.DisplayName)
                .Select(user => new { user.Id, user.DisplayName, user.UserName }).ToListAsync(Http.RequestAborted))
                .Select(user => (user.Id, $"{user.DisplayName} ({user.UserName})"))];
        }
    }

    private async Task GrantAsync()
    {
        GrantExtras extras = (Form!.Explanations ? GrantExtras.Explanations : 0) | (Form.PersonalRows ? GrantExtras.PersonalRows : 0);
        switch (await Grant.RunAsync(Http.User.Actor(), new UserId(Form.User!.Value), Model.Name, extras, Http.RequestAborted))
        {
            case GrantOutcome.Granted:
                Navigation.NavigateTo($"/models/{Model.Name}#grants");
                break;
            case GrantOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string Extras(ModelGrant grant) => (grant.Explanations, grant.PersonalRows) switch
    {
        (true, true) => "explanations of rows, personal rows",
        (true, false) => "explanations of rows",
        (false, true) => "personal rows",
        _ => "",
    };

    private sealed record GrantView(string Person, string Roles, string Extras, string GrantedBy, DateTimeOffset Since);

    private sealed class GrantForm
    {
        [Required(ErrorMessage = "Choose a person.")]
        public Guid? User { get; set; }

        public bool Explanations { get; set; }

        public bool PersonalRows { get; set; }
    }
}
