using System.Diagnostics;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Audits;

/// <summary>Puts an audit by spec in the queue: pasted, uploaded, or begun from what the data set says of its columns.</summary>
public sealed partial class SpecPage
{
    private const long MostSpec = 256 << 10;
    private const long MostForm = 4 * MostSpec;

    private VersionView? view;
    private string? refusal;
    private IReadOnlyList<string> names = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>The data set that a new spec begins with.</summary>
    [SupplyParameterFromQuery]
    private string? Data { get; set; }

    [SupplyParameterFromForm(FormName = "audit-spec")]
    private SpecForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private FittingDatasets Fitting { get; set; } = default!;

    [Inject]
    private RequestAudit Request { get; set; } = default!;

    [Inject]
    private PlaceTraffic Traffic { get; set; } = default!;

    [Inject]
    private DeploymentQueries Deployments { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null || !found.Viewer.RunAudit)
        {
            Navigation.NotFound();
            return;
        }

        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        List<Dataset> datasets = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
        names = [.. datasets.Select(dataset => dataset.Name)];
        if (Form is null)
        {
            List<Dataset> fitting = [.. await Fitting.OfAsync(found.Version, datasets, Http.RequestAborted)];
            Form = new SpecForm { Text = Begin(found, datasets.FirstOrDefault(dataset => dataset.Name == Data) ?? fitting.FirstOrDefault() ?? datasets.FirstOrDefault(), datasets) };
        }

        view = found;
    }

    // Every line of it runs; a person changes what should be otherwise.
    private static string Begin(VersionView view, Dataset? data, IReadOnlyList<Dataset> datasets)
    {
        string[] groups = data is null ? [] : [.. data.Of(ColumnRole.Protected).Select(column => column.Name)];
        AuditOptions options = new()
        {
            Name = $"audit of {view.Name}",
            Evaluation = data?.Name ?? "evaluation",
            Background = (datasets.FirstOrDefault(other => other.Name.Contains("train", StringComparison.Ordinal) && HasColumnsOf(other, data)) ?? data)?.Name ?? "background",
            Protected = groups,
            Explanation = new ExplanationOptions { Rows = 50 },
            Measures = new AuditMeasures
            {
                SpecSha256 = "",
                Intersections = groups.Length > 1 ? 2 : 1,
                Gates =
                [
                    .. groups.Select(group => new AuditGate { Id = $"impact-ratio-{group}", Metric = "fairness.demographic_parity_ratio", Attribute = group, AtLeast = 0.8 }),
                    .. data?.Positive is null ? (AuditGate[])[] : [new AuditGate { Id = "auc", Metric = "performance.roc_auc", AtLeast = 0.7 }],
                ],
            },
        };
        return WriteSpec.Run(options, $"{view.Model.Name}/{view.Version.Number}");
    }

    private static bool HasColumnsOf(Dataset other, Dataset? data) =>
        data?.Columns.All(column => other.Columns.Any(own => own.Name == column.Name)) == true;

    private async Task RequestAsync()
    {
        try
        {
            string text = Form!.File is { Length: > 0 } file ? await TextAsync(file) : Form.Text;
            AuditOptions asked = PlaceSpec.Run(
                ReadSpec.Run(text), $"{view!.Model.Name}/{view.Version.Number}", names, await Deployments.ReferencesAsync(view.Model.Name, Http.RequestAborted), Form.Chosen);
            AuditOptions options = await Traffic.RunAsync(Http.User.Actor(), asked, Time.GetUtcNow(), Http.RequestAborted);
            switch (await Request.RunAsync(Http.User.Actor(), view.Version.Id, options, Http.RequestAborted))
            {
                case StartRunOutcome.Queued:
                    Navigation.NavigateTo($"{view.Address("overview")}#audit");
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
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }

    private async Task<string> TextAsync(IFormFile file)
    {
        if (file.Length > MostSpec)
        {
            throw new InputException($"A spec has at most {MostSpec >> 10} KiB.");
        }

        using StreamReader reader = new(file.OpenReadStream(), Encoding.UTF8);
        string text = await reader.ReadToEndAsync(Http.RequestAborted);
        Form!.Text = text;
        return text;
    }

    private sealed class SpecForm
    {
        public string Text { get; set; } = "";

        public IFormFile? File { get; set; }

        public string? Evaluation { get; set; }

        public string? Background { get; set; }

        public string? Reference { get; set; }

        public string? Current { get; set; }

        /// <summary>The data sets that were chosen, by part.</summary>
        public Dictionary<string, string> Chosen =>
            new Dictionary<string, string?> { ["evaluation"] = Evaluation, ["background"] = Background, ["reference"] = Reference, ["current"] = Current }
                .Where(part => !string.IsNullOrEmpty(part.Value)).ToDictionary(part => part.Key, part => part.Value!);
    }
}
