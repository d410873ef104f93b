using Governance.Portal.Components.Parts;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>The attributions of all explained rows as a map: the order of the rows stands in the address.</summary>
public sealed partial class InstancesPage
{
    private const string ByOutput = "output";

    private VersionView? view;
    private ShownAttributions? shown;
    private PlotDrawing? drawing;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Whose attributions; the latest evidence by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    /// <summary>Which of several classes, from 0.</summary>
    [SupplyParameterFromQuery]
    private int? Class { get; set; }

    /// <summary>"output", or anything else for like rows side by side.</summary>
    [SupplyParameterFromQuery]
    private string? Order { get; set; }

    /// <summary>A condition for the rows shown.</summary>
    [SupplyParameterFromQuery]
    private string? Cohort { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadAttributions Attributions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<TabLink> Orders =>
    [
        new TabLink("By similarity", $"{Address}", Order != ByOutput), new TabLink("By output", $"{Address}&order={ByOutput}", Order == ByOutput),
    ];

    private string Address => $"{view!.Address("instances")}?evidence={shown!.Sealed.Record.Id}&class={shown.Position}"
        + (string.IsNullOrEmpty(Cohort) ? "" : $"&cohort={Uri.EscapeDataString(Cohort)}");

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Attributions.FindAsync(found, new AttributionsWish(Evidence, Class, null, Cohort), Http.RequestAborted);
        view = found;
        if (shown is { Rows: not null, Attributions.Count: > 0 })
        {
            drawing = InstanceMap.Draw(shown.Attributions, shown.Order, Order != ByOutput, shown.Unit);
        }
    }
}
