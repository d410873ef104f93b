using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Performance;

/// <summary>The Performance tab of a version.</summary>
public sealed partial class PerformancePage
{
    private VersionView? view;
    private SealedFindings? shown;
    private CohortView cohort = new();

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Which evidence is shown; the latest by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    /// <summary>The condition of the rows that are shown; all rows without one.</summary>
    [SupplyParameterFromQuery]
    private string? Cohort { get; set; }

    /// <summary>What stands beside the cohort.</summary>
    [SupplyParameterFromQuery]
    private string? Beside { get; set; }

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

    private bool IsBeside => Beside == CohortAddress.Complement;

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Performance is not null, Http.RequestAborted);
        if (shown is not null)
        {
            cohort = await Cohorts.OfAsync(view, shown.Document, Cohort, Http.RequestAborted);
        }
    }
}
