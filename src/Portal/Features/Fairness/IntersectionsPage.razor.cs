using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Fairness;

/// <summary>Groups within groups: the first column, the groups gone into, the minimum n and the cohort stand in the address.</summary>
public sealed partial class IntersectionsPage
{
    private VersionView? view;
    private SealedFindings? shown;
    private CohortView? part;

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
    private string? Begin { get; set; }

    [SupplyParameterFromQuery]
    private string? Path { get; set; }

    [SupplyParameterFromQuery(Name = "least")]
    private int? LeastAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Cohort { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadCohort Cohorts { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string First => shown!.Document.Options.Protected.Contains(Begin) ? Begin! : shown.Document.Options.Protected[0];

    private string Columns => string.Join(',', shown!.Document.Options.Protected.OrderByDescending(column => column == First));

    private int Fewest => LeastAsked is > 0 and <= 100_000 and int asked ? asked : PolicyPack.Default.SmallestGroup;

    private string Address =>
        $"{view!.Address("intersections")}?evidence={shown!.Record.Id}&begin={Uri.EscapeDataString(First)}&least={Fewest}{(Cohort is null ? "" : $"&cohort={Uri.EscapeDataString(Cohort)}")}&";

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Options.Protected.Count > 0, Http.RequestAborted);
        part = shown is null ? null : await Cohorts.OfAsync(view, shown.Document, Cohort, Http.RequestAborted);
    }
}
