using Governance.Audit.Robustness;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Robustness;

/// <summary>How a version's answers hold when its inputs are disturbed: which test stands in the address.</summary>
public sealed partial class RobustnessPage
{
    private static readonly int[] AllRepeats = [1, 3, 10];

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

    [SupplyParameterFromQuery(Name = "test")]
    private string? TestAsked { get; set; }

    [SupplyParameterFromQuery(Name = "repeats")]
    private int? RepeatsAsked { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? Test => RobustnessTests.Names.Contains(TestAsked) ? TestAsked : null;

    private int Repeats => AllRepeats.Contains(RepeatsAsked ?? 0) ? RepeatsAsked!.Value : 3;

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, _ => true, Http.RequestAborted);
    }
}
