using System.Diagnostics;
using Governance.Audit.Drift;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Drift;

/// <summary>The form that puts a drift check in the queue.</summary>
public sealed partial class DriftForm
{
    private IReadOnlyList<Dataset> datasets = [];
    private string? fault;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "drift")]
    private DriftWish? Form { get; set; }

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
        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            List<Dataset> all = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
            datasets = await Fitting.OfAsync(View.Version, all, Http.RequestAborted);
        }

        Dataset? reference = datasets.FirstOrDefault(dataset => dataset.Name.Contains("train", StringComparison.Ordinal)) ?? (datasets.Count == 0 ? null : datasets[0]);
        Form ??= new DriftWish { Reference = reference?.Name ?? "", Current = datasets.FirstOrDefault(dataset => dataset != reference)?.Name ?? "" };
    }

    private async Task SubmitAsync()
    {
        if (Form!.Reference == Form.Current)
        {
            fault = "Choose two different data sets.";
            return;
        }

        if (!DriftTests.Words.Contains(Form.Test) || Form.Correction is not ("bh" or "holm" or "none"))
        {
            fault = "Choose a test and a correction.";
            return;
        }

        StartRunOutcome outcome = await Request.RunAsync(
            Http.User.Actor(), View.Version.Id,
            DriftCheck.Of(Form.Current, Form.Reference, new DriftOptions { Test = Form.Test, Correction = Form.Correction }), Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("drift")}#check");
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

    private sealed class DriftWish
    {
        public string Reference { get; set; } = "";

        public string Current { get; set; } = "";

        public string Test { get; set; } = "auto";

        public string Correction { get; set; } = "bh";
    }
}
