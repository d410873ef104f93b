using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Audit.Encodings;
using Governance.Audit.Runs;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Versions;

/// <summary>The form that puts an audit of a version in the queue.</summary>
public sealed partial class AuditForm
{
    private IReadOnlyList<Dataset> datasets = [];
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>Its encoding, which says what columns data need; null where columns are taken as they are.</summary>
    [Parameter]
    public ModelEncoding? Encoding { get; set; }

    [SupplyParameterFromForm(FormName = "audit")]
    private AuditRequest? Form { get; set; }

    /// <summary>The name of the data set that was chosen.</summary>
    [SupplyParameterFromQuery]
    private string? Data { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private RequestAudit Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Dataset? Chosen => datasets.FirstOrDefault(dataset => dataset.Name == (Form?.Evaluation is { Length: > 0 } posted ? posted : Data))
        ?? datasets.FirstOrDefault(dataset => Missing(dataset).Count == 0)
        ?? (datasets.Count == 0 ? null : datasets[0]);

    private string? Unfit => Chosen is not null && Missing(Chosen) is { Count: > 0 } missing
        ? $"This data set lacks columns that the version needs: {string.Join(", ", missing)}."
        : null;

    protected override async Task OnInitializedAsync()
    {
        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            datasets = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
        }

        Form ??= new AuditRequest
        {
            Name = $"Audit of {View.Name}",
            Background = Background(),
        };
    }

    // Reference rows should not be the rows that are explained: another set of the same shape, training data by custom.
    private string? Background()
    {
        List<Dataset> fitting = [.. datasets.Where(dataset => Missing(dataset).Count == 0)];
        return (fitting.FirstOrDefault(dataset => dataset != Chosen && dataset.Name.Contains("train", StringComparison.Ordinal))
            ?? fitting.FirstOrDefault(dataset => dataset != Chosen) ?? Chosen)?.Name;
    }

    private IReadOnlyList<string> Missing(Dataset dataset) => FittingDatasets.Missing(Encoding, dataset);

    private async Task RequestAsync()
    {
        StartRunOutcome outcome = await Request.RunAsync(
            Http.User.Actor(), View.Version.Id,
            new AuditOptions
            {
                Name = Form!.Name,
                Evaluation = Form.Evaluation,
                Background = Form.Background ?? Form.Evaluation,
                BackgroundRows = Form.BackgroundRows,
                Protected = Form.Protected ?? [],
                Explanation = new ExplanationOptions { Method = Form.Method, Rows = Form.Rows, Samples = Form.Samples },
                Seed = Form.Seed,
            },
            Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("overview")}#audit");
                break;
            case StartRunOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case StartRunOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class AuditRequest
    {
        [Required(ErrorMessage = "Give the audit a name."), StringLength(AuditRun.MaxTitleLength, ErrorMessage = "At most 200 characters.")]
        public string Name { get; set; } = "";

        public string Evaluation { get; set; } = "";

        public string? Background { get; set; }

        public int BackgroundRows { get; set; } = 100;

        public List<string>? Protected { get; set; }

        public string Method { get; set; } = "auto";

        public int Rows { get; set; } = 100;

        public int Samples { get; set; } = 2048;

        public int Seed { get; set; }
    }
}
