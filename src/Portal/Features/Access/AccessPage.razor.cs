using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Access;

/// <summary>Who may do what on a model or version, and why: for oneself, and for whoever administers, owns or audits for everyone.</summary>
public sealed partial class AccessPage
{
    private AccessOverview? overview;
    private VersionView? view;
    private UserId viewer;
    private bool mayGrant;
    private bool seesOthers;
    private IReadOnlyList<(Guid Id, string Name)> people = [];
    private IReadOnlyList<(Guid Id, string Name)> teams = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number; null for the model as a whole.</summary>
    [Parameter]
    public int? Number { get; set; }

    /// <summary>About whom; oneself by default.</summary>
    [SupplyParameterFromQuery(Name = "person")]
    public Guid? About { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ExplainAccess Explain { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Address => Number is int number ? $"/models/{Name}/versions/{number}/access" : $"/models/{Name}/access";

    protected override async Task OnInitializedAsync()
    {
        viewer = Http.User.Id();
        VersionView? version = Number is int number ? await Versions.FindAsync(Name, number, Http.User, Http.RequestAborted) : null;
        AccessOverview? found = Number is not null && version is null ? null : await Explain.RunAsync(
            viewer, About is Guid about ? new UserId(about) : viewer, Name, Number, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        Holdings own = (await Holdings.LoadAsync(db, viewer, Http.RequestAborted))!;
        mayGrant = own.Decide(Right.Administer, null, null).Allowed;
        seesOthers = ExplainAccess.SeesOthers(own, found.Model);
        if (seesOthers)
        {
            people = [.. (await db.Users.AsNoTracking().Where(user => !user.Deactivated).OrderBy(user => user.DisplayName)
                .Select(user => new { user.Id, user.DisplayName, user.UserName }).ToListAsync(Http.RequestAborted))
                .Select(user => (user.Id, $"{user.DisplayName} ({user.UserName})"))];
        }

        teams = mayGrant ? [.. (await db.Teams.AsNoTracking().OrderBy((Team team) => team.Title).ToListAsync(Http.RequestAborted))
            .Select(team => (team.Id.Value, team.Title))] : [];
        view = version;
        overview = found;
    }
}
