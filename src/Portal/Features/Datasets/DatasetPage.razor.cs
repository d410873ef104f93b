using Governance.Audit.Data;
using Governance.Registry.Datasets;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Datasets;

/// <summary>One data set: its columns as declared, what is missing in them, and which rows occur elsewhere.</summary>
public sealed partial class DatasetPage
{
    private Dataset? dataset;
    private IReadOnlyList<Dataset> related = [];
    private DatasetProfile? profile;
    private string? fault;

    /// <summary>The data set's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>Whether a person asked to measure large data.</summary>
    [SupplyParameterFromQuery]
    private bool Measure { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private DatasetProfiles Profiles { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        (_, IReadOnlyList<Dataset> all) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        dataset = all.FirstOrDefault(each => each.Name == Name);
        if (dataset is null)
        {
            Navigation.NotFound();
            return;
        }

        related = DatasetProfiles.Related(dataset, all);
        if (!Measure && DatasetProfiles.IsLarge(dataset, related))
        {
            return;
        }

        try
        {
            profile = await Profiles.MeasureAsync(dataset, related, Http.RequestAborted);
        }
        catch (InputException refusal)
        {
            fault = refusal.Message;
        }
    }
}
