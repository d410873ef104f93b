using Governance.Audit.Privacy;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Profiles;

/// <summary>Feature effects of a version: columns, layers and scale stand in the address.</summary>
public sealed partial class EffectsPage
{
    private const int MostRows = 500;

    private VersionView? view;
    private SealedFindings? shown;
    private RowMask? mask;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Whose data are used; the latest evidence by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    [SupplyParameterFromQuery(Name = "a")]
    private string? FirstAsked { get; set; }

    [SupplyParameterFromQuery(Name = "b")]
    private string? SecondAsked { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? KindAsked { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    private string? ShowAsked { get; set; }

    [SupplyParameterFromQuery(Name = "scale")]
    private string? ScaleAsked { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadRows Rows { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The players of the evidence are columns but for groups; what is no column is refused with the list of those that are.
    private IReadOnlyList<string> Columns => shown!.Document.Explanation?.Features ?? [];

    private string First => FirstAsked ?? shown!.Document.Importance?.OrderBy(feature => feature.Rank).FirstOrDefault()?.Feature ?? (Columns.Count > 0 ? Columns[0] : "");

    private string? Second => string.IsNullOrEmpty(SecondAsked) ? null : SecondAsked;

    private string Kind => KindAsked == "ale" ? "ale" : "pdp";

    // Links that name one kind alone still show it.
    private string? Show => ShowAsked ?? KindAsked switch { "pdp" or "ale" => KindAsked, "ice" or "ice-centred" => "pdp,ice", _ => null };

    private string? Scale => ScaleAsked ?? (KindAsked == "ice-centred" ? "first" : null);

    // Where a curve meets the row's own score it tells the row's own cell.
    private bool IsMasked => view!.Viewer.SeeRows && mask?.Hides(First) == true;

    // Curves of single rows are for those who may see single rows.
    private bool Curves => view!.Viewer.SeeRows && !IsMasked;

    private string? Refusal => Second == First ? "Two columns are two different ones." : null;

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Explanation is not null, Http.RequestAborted);
        mask = shown is null ? null : await Rows.MaskAsync(view, shown.Document, Http.RequestAborted);
    }
}
