using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Profiles;

/// <summary>Which columns matter to a version: shuffled, beside its sealed attributions.</summary>
public sealed partial class ImportancePage
{
    private VersionView? view;
    private SealedFindings? shown;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Whose data are used; the latest evidence by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Explanation is { Rows.Count: > 0 }, Http.RequestAborted);
    }
}
