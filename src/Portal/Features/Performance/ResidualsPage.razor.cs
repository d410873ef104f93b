using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Performance;

/// <summary>The residuals of a model of numbers: column and cohort stand in the address.</summary>
public sealed partial class ResidualsPage
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
    private string? Column { get; set; }

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

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Data.Any(data => data.Role == "evaluation") && document.Explanation is null, Http.RequestAborted)
            ?? await Findings.ChooseAsync(view, Evidence, document => document.Data.Any(data => data.Role == "evaluation"), Http.RequestAborted);
        part = shown is null ? null : await Cohorts.OfAsync(view, shown.Document, Cohort, Http.RequestAborted);
    }
}
