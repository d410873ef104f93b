using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Slices;

/// <summary>A tree of where a version errs: what it is grown by stands in the address.</summary>
public sealed partial class ErrorTreePage
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

    [SupplyParameterFromQuery(Name = "metric")]
    private string? MetricAsked { get; set; }

    [SupplyParameterFromQuery(Name = "depth")]
    private int? DepthAsked { get; set; }

    [SupplyParameterFromQuery(Name = "rows")]
    private int? RowsAsked { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private SliceWish Wish => SliceWish.Of(shown!.Document.Performance?.Task, MetricAsked, DepthAsked, RowsAsked);

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Performance is not null, Http.RequestAborted);
    }
}
