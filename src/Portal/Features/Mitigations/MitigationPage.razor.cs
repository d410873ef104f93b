using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Mitigations;

/// <summary>Mitigation of a version: what shall be alike between which groups stands in the address.</summary>
public sealed partial class MitigationPage
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

    [SupplyParameterFromQuery]
    private string? Of { get; set; }

    [SupplyParameterFromQuery]
    private string? By { get; set; }

    [SupplyParameterFromQuery]
    private string? Alike { get; set; }

    [SupplyParameterFromQuery]
    private string? Keep { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<string> Attributes => MitigationWish.Attributes(shown!.Document.Options.Protected);

    private MitigationWish Wish => MitigationWish.Of(Attributes, Of, By, Alike, Keep);

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Options.Protected.Count > 0 && document.Fairness is not null, Http.RequestAborted);
    }
}
