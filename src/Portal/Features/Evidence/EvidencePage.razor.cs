using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Evidence;

/// <summary>The Evidence tab: what was sealed on a version.</summary>
public sealed partial class EvidencePage
{
    private VersionView? view;
    private PersonNames? sealers;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => view!.Evidence.Count switch
    {
        0 => "No evidence is sealed on this version",
        1 => "One evidence item is sealed on this version",
        int count => $"{count} evidence items are sealed on this version",
    };

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        sealers = await PersonNames.LoadAsync(db, view.Evidence.Concat(view.Records).Select(record => record.SealedBy).OfType<UserId>(), Http.RequestAborted);
    }
}
