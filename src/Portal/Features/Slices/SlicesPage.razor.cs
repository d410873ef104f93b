using Governance.Audit.Slices;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Slices;

/// <summary>Where a version predicts worse: what is searched for stands in the address.</summary>
public sealed partial class SlicesPage
{
    private static readonly int[] Depths = [1, 2, 3];

    // Over both halves, so that each holds about the 30 rows below which groups of persons are small.
    private static readonly int[] LeastRows = [60, 100, 200, 500];

    private VersionView? view;
    private SealedFindings? shown;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Whose data are searched; the latest evidence by default.</summary>
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

    private IReadOnlyList<SliceMetric> Offered => shown!.Document.Performance?.Task switch
    {
        "regression" => [SliceMetric.SquaredError],
        "binary" => [SliceMetric.ErrorRate, SliceMetric.LogLoss, SliceMetric.SquaredError, SliceMetric.FalsePositiveRate, SliceMetric.FalseNegativeRate],
        _ => [SliceMetric.ErrorRate, SliceMetric.LogLoss, SliceMetric.SquaredError],
    };

    private SliceMetric Metric => Offered.FirstOrDefault(metric => metric.Name() == MetricAsked, Offered[0]);

    private int Depth => Depths.Contains(DepthAsked ?? 0) ? DepthAsked!.Value : 3;

    private int MinRows => LeastRows.Contains(RowsAsked ?? 0) ? RowsAsked!.Value : 60;

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
