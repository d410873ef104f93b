using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Datasets;

/// <summary>The data sets that audits can use.</summary>
public sealed partial class DatasetsPage
{
    private IReadOnlyList<Dataset> datasets = [];
    private bool mayRegister;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        (Person person, datasets) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        mayRegister = person.Roles.Contains(Role.Developer);
    }
}
