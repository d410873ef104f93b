using Governance.Audit.Slices;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Slices;

/// <summary>Where a version errs over two columns: columns and metric stand in the address.</summary>
public sealed partial class ErrorMapPage
{
    private VersionView? view;
    private SealedFindings? shown;
    private IReadOnlyList<DatasetColumn> all = [];

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
    private string? Down { get; set; }

    [SupplyParameterFromQuery]
    private string? Across { get; set; }

    [SupplyParameterFromQuery(Name = "metric")]
    private string? MetricAsked { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<SliceMetric> Offered => shown!.Document.Performance?.Task switch
    {
        "regression" => [SliceMetric.SquaredError],
        "binary" => [SliceMetric.ErrorRate, SliceMetric.LogLoss, SliceMetric.FalsePositiveRate, SliceMetric.FalseNegativeRate],
        _ => [SliceMetric.ErrorRate, SliceMetric.LogLoss],
    };

    private SliceMetric Metric => Offered.FirstOrDefault(metric => metric.Name() == MetricAsked, Offered[0]);

    private IReadOnlyList<string> Columns =>
        [.. all.Where(column => column.Role is ColumnRole.Feature or ColumnRole.Protected && column.Name != shown!.Document.Options.Label).Select(column => column.Name)];

    private string First => Columns.Contains(Down) ? Down! : Columns[0];

    private string Second => Columns.Contains(Across) && Across != First ? Across! : Columns.First(column => column != First);

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Performance is not null, Http.RequestAborted);
        string? digest = shown?.Document.Data.FirstOrDefault(data => data.Role == "evaluation")?.Digest;
        (_, IReadOnlyList<Dataset> datasets) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        all = datasets.FirstOrDefault(dataset => dataset.Digest.Hex == digest)?.Columns ?? [];
    }
}
