using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Explanations;

/// <summary>The form that has rows explained.</summary>
public sealed partial class ExplainForm
{
    // A person waits this long without wondering; beyond it the notice warns.
    private const double LongSeconds = 60;

    // So many rows are not queued before their cost was on the page.
    private const int ManyRows = 2_000;

    private IReadOnlyList<Dataset> datasets = [];
    private ExplanationEstimate? estimate;
    private string? fault;
    private string? told;
    private bool asked;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>The evidence shown, whose data the form starts from; or null.</summary>
    [Parameter]
    public FindingsDocument? Shown { get; set; }

    [SupplyParameterFromForm(FormName = "explain")]
    private ExplainWish? Form { get; set; }

    /// <summary>Which button: "run" or "estimate".</summary>
    [SupplyParameterFromForm(FormName = "explain", Name = "Act")]
    private string? Act { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private RequestExplanation Request { get; set; } = default!;

    [Inject]
    private EstimateExplanation Estimate { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        // The form is drawn while this waits, and when it is cancelled.
        bool begun = Form is null;
        Form ??= new ExplainWish();
        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            datasets = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
        }

        if (begun)
        {
            string first = datasets.Count == 0 ? "" : datasets[0].Name;
            Form = new ExplainWish
            {
                Name = $"Explanations of {View.Name}",
                Evaluation = Shown?.Options.Evaluation ?? first,
                Background = Shown?.Options.Background ?? first,
                BackgroundRows = Shown?.Options.BackgroundRows ?? 100,
            };
        }
    }

    private async Task SubmitAsync()
    {
        try
        {
            AuditOptions options = Form!.ToOptions();
            string mark = Form.Mark();
            if (Act == "estimate" || (options.Explanation.Rows > ManyRows && Form.Told != mark))
            {
                (told, asked) = (mark, Act != "estimate");
                estimate = await Estimate.RunAsync(Http.User.Actor(), View.Version.Id, options, Http.RequestAborted);
                return;
            }

            Go(await Request.RunAsync(Http.User.Actor(), View.Version.Id, options, Http.RequestAborted));
        }
        catch (InputException refusal)
        {
            fault = refusal.Message;
        }
    }

    private void Go(RequestExplanationOutcome outcome)
    {
        switch (outcome)
        {
            case RequestExplanationOutcome.Stored { Evidence: var evidence }:
                Navigation.NavigateTo($"{View.Address("explain")}?evidence={evidence.Id}&stored=true");
                break;
            case RequestExplanationOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("explain")}#more");
                break;
            case RequestExplanationOutcome.Refused { Reason: var reason }:
                fault = reason.Sentence;
                break;
            case RequestExplanationOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
