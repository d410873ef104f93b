using System.Diagnostics;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Equivalence;

/// <summary>The form that puts a battery in the queue.</summary>
public sealed partial class BatteryForm
{
    private IReadOnlyList<Dataset> datasets = [];
    private Inheritance? standing;
    private string? fault;

    /// <summary>The variant.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>What it was made from, at least one.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ParentView> Parents { get; set; } = [];

    [SupplyParameterFromForm(FormName = "battery")]
    private BatteryWish? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private FittingDatasets Fitting { get; set; } = default!;

    [Inject]
    private ReadInheritance Inheritance { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private RequestAudit Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            List<Dataset> all = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
            datasets = await Fitting.OfAsync(View.Version, [.. all.Where(dataset => dataset.Of(ColumnRole.Label).Any())], Http.RequestAborted);
        }

        standing = await Inheritance.OfAsync(View.Version.Id, Http.RequestAborted);
        IReadOnlySet<string> audited = standing?.Parent?.Data ?? new HashSet<string>();
        Dataset? usual = datasets.FirstOrDefault(dataset => audited.Contains(dataset.Digest.Hex)) ?? (datasets.Count == 0 ? null : datasets[0]);
        Form ??= new BatteryWish
        {
            Parent = BatteryRequest.Label(Parents[0]),
            Evaluation = usual?.Name ?? "",
            Background = (datasets.FirstOrDefault(dataset => dataset.Name.Contains("train", StringComparison.Ordinal)) ?? usual)?.Name ?? "",
        };
    }

    private async Task SubmitAsync()
    {
        ParentView? parent = Parents.FirstOrDefault(each => BatteryRequest.Label(each) == Form!.Parent);
        Dataset? evaluation = datasets.FirstOrDefault(dataset => dataset.Name == Form!.Evaluation);
        if (parent is null || evaluation is null || datasets.All(dataset => dataset.Name != Form!.Background))
        {
            fault = "Choose a parent and data sets that are offered.";
            return;
        }

        // The parent is computed with as well: whoever may not do that with it alone may not do it here.
        if ((await Versions.FindAsync(parent.Model, parent.Number, Http.User, Http.RequestAborted))?.Viewer.RunAudit != true)
        {
            fault = $"You may not run audits of {Form!.Parent}, so you cannot compare with it.";
            return;
        }

        StartRunOutcome outcome = await Request.RunAsync(
            Http.User.Actor(), View.Version.Id, BatteryRequest.Of(View, standing, parent, evaluation, Form!.Background, 0), Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("battery")}#run");
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

    private sealed class BatteryWish
    {
        public string Parent { get; set; } = "";

        public string Evaluation { get; set; } = "";

        public string Background { get; set; } = "";
    }
}
