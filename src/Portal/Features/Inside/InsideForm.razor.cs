using System.Diagnostics;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Inside;

/// <summary>The form that puts a look inside a version in the queue.</summary>
public sealed partial class InsideForm
{
    private IReadOnlyList<Dataset> datasets = [];
    private string? fault;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "inside")]
    private InsideWish? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private FittingDatasets Fitting { get; set; } = default!;

    [Inject]
    private RequestAudit Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new InsideWish(); // before the first wait: the form is rendered meanwhile
        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            List<Dataset> all = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
            datasets = await Fitting.OfAsync(View.Version, all, Http.RequestAborted);
        }

        if (Form.Data.Length == 0)
        {
            Form.Data = (datasets.FirstOrDefault(dataset => dataset.Name.Contains("test", StringComparison.Ordinal)) ?? (datasets.Count == 0 ? null : datasets[0]))?.Name ?? "";
        }
    }

    private async Task SubmitAsync()
    {
        StartRunOutcome outcome = await Request.RunAsync(
            Http.User.Actor(), View.Version.Id, InsideRequest.Of(View, Form!.Data, Form.Seed), Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("variants")}#inside");
                break;
            case StartRunOutcome.Refused { Reason: var reason }:
                fault = reason.Sentence;
                break;
            case StartRunOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class InsideWish
    {
        public string Data { get; set; } = "";

        public int Seed { get; set; }
    }
}
