using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Mitigations;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Fairness;

/// <summary>The threshold explorer of a version: attribute, class, cuts and cohort stand in the address.</summary>
public sealed partial class ThresholdsPage
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
    private string? Of { get; set; }

    [SupplyParameterFromQuery]
    private string? Class { get; set; }

    [SupplyParameterFromQuery]
    private string? Cut { get; set; }

    [SupplyParameterFromQuery]
    private string? Own { get; set; }

    [SupplyParameterFromQuery]
    private string? Rate { get; set; }

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

    private IReadOnlyList<string> Attributes => MitigationWish.Attributes(shown!.Document.Options.Protected);

    private string Attribute => Attributes.Contains(Of) ? Of! : Attributes[0];

    private IReadOnlyList<string> Classes => shown!.Document.Performance?.Confusion?.Labels ?? [];

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
