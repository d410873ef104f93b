using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Two versions on the same rows; which ones and on which data stand in the address.</summary>
public sealed partial class ComparePage
{
    private ModelRow? row;
    private bool mayCompute;
    private IReadOnlyList<string> versions = [];
    private IReadOnlyList<Dataset> registered = [];
    private ComparisonReport? report;
    private VersionView? first;
    private VersionView? second;
    private SealedFindings? firstShown;
    private SealedFindings? secondShown;
    private ComparedLatency? latency;
    private (PlotDrawing First, PlotDrawing Second)? pictures;
    private SealedFindings? said;
    private string? refusal;
    private int smallest;
    private string? other;
    private string? usual;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "a")]
    private string? FirstAsked { get; set; }

    [SupplyParameterFromQuery(Name = "b")]
    private string? SecondAsked { get; set; }

    [SupplyParameterFromQuery(Name = "data")]
    private string? DataAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Interval { get; set; }

    [SupplyParameterFromQuery(Name = "cohort")]
    private string? Where { get; set; }

    [SupplyParameterFromQuery]
    private string? Go { get; set; }

    [SupplyParameterFromQuery(Name = CohortAddress.Build)]
    private string? Build { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private FittingDatasets Fitting { get; set; } = default!;

    [Inject]
    private CompareVersions Compare { get; set; } = default!;

    [Inject]
    private ComparedCohort Parts { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadComparedPictures Pictures { get; set; } = default!;

    [Inject]
    private ReadComparedLatency Latency { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The latest version of the model is in question.
    private string Second => versions.FirstOrDefault(version => version == SecondAsked) ?? versions[0];

    // The one before it, or else another model's that takes the same columns, is what it is compared with.
    private string First => versions.FirstOrDefault(version => version == FirstAsked) ?? other ?? versions.FirstOrDefault(version => version != Second) ?? Second;

    private string? Data => registered.FirstOrDefault(dataset => dataset.Name == DataAsked)?.Name ?? usual;

    private Dataset? Picked => registered.FirstOrDefault(dataset => dataset.Name == Data);

    private string Only(string? where) => CohortAddress.Of(
        $"/models/{Name}/comparisons", [("a", First), ("b", Second), ("data", Data), ("interval", Interval), ("go", "1"), (CohortAddress.Cohort, where)]);

    protected override async Task OnInitializedAsync()
    {
        (_, IReadOnlyList<ModelRow> all) = await Models.ListAsync(Http.User, Http.RequestAborted);
        row = all.FirstOrDefault(model => model.Model.Name == Name && !model.NameOnly && model.Versions.Count > 0);
        if (row is null)
        {
            Navigation.NotFound();
            return;
        }

        // The model's own versions first: those of other models do the same task only sometimes.
        (string Name, ModelVersion Version)[] known = [.. all.Where(model => !model.NameOnly).OrderByDescending(model => model == row)
            .SelectMany(model => model.Versions.Select(version => ($"{model.Model.Name}/{version.Version.Number}", version.Version)))];
        versions = [.. known.Select(version => version.Name)];
        (_, registered) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        await BeginAsync(known.ToDictionary(version => version.Name, version => version.Version, StringComparer.Ordinal));
        first = await FindAsync(First);
        second = await FindAsync(Second);
        mayCompute = first?.Viewer.RunAudit == true && second?.Viewer.RunAudit == true;
        if (mayCompute && Picked is Dataset picked)
        {
            said = await Parts.EvidenceAsync(second!, picked, Http.RequestAborted);
        }

        if (Go is not null && mayCompute)
        {
            await CompareAsync();
        }
    }

    // What nobody has asked for yet: data that the version in question can read, and another version that can read them too.
    private async Task BeginAsync(Dictionary<string, ModelVersion> byName)
    {
        // Without a label nothing says which version is right, so labelled data go first.
        List<Dataset> fitting = [.. (await Fitting.OfAsync(byName[Second], registered, Http.RequestAborted)).OrderByDescending(IsLabelled)
            .ThenByDescending(dataset => dataset.Name.Contains("test", StringComparison.OrdinalIgnoreCase))];
        usual = (fitting.FirstOrDefault() ?? registered.OrderByDescending(IsLabelled).FirstOrDefault())?.Name;
        Dataset[] chosen = [.. registered.Where(dataset => dataset.Name == Data)];
        foreach (string version in versions.Where(version => version != Second))
        {
            if (other is null && (await Fitting.OfAsync(byName[version], chosen, Http.RequestAborted)).Count > 0)
            {
                other = version;
            }
        }
    }

    private static bool IsLabelled(Dataset dataset) => dataset.Of(ColumnRole.Label).Any();

    private static string Label(string version) => version.Replace("/", " v");

    private async Task<VersionView?> FindAsync(string version)
    {
        int slash = version.LastIndexOf('/');
        return await Versions.FindAsync(
            version[..slash], int.Parse(version[(slash + 1)..], System.Globalization.CultureInfo.InvariantCulture), Http.User, Http.RequestAborted);
    }

    private async Task CompareAsync()
    {
        try
        {
            Dataset dataset = Picked ?? throw new InputException("No data set is registered that you see.");
            smallest = first!.Viewer.MaskProtected || second!.Viewer.MaskProtected ? CompareVersions.SmallestGroup : 0;
            report = await Compare.RunAsync(first, second!, dataset, Interval == "bootstrap", Where, Http.RequestAborted);
            firstShown = await Findings.ChooseAsync(first, null, document => document.Importance is not null, Http.RequestAborted);
            secondShown = await Findings.ChooseAsync(second!, null, document => document.Importance is not null, Http.RequestAborted);
            pictures = await Pictures.OfAsync((first, firstShown), (second!, secondShown), dataset.Name, Http.RequestAborted);
            latency = await Latency.OfAsync(Http.User.Id(), first.Version.Id, second!.Version.Id, Http.RequestAborted);
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }
}
