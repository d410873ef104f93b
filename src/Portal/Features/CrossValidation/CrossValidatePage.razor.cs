using System.Globalization;
using Governance.Audit.CrossValidation;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Performance;
using Governance.Portal.Features.Profiles;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.CrossValidation;

/// <summary>Cross-validation of a registered data set; what is trained stands in the address.</summary>
public sealed partial class CrossValidatePage
{
    // A page waits for the answer; more rows are for the command line.
    private const int MostRows = 5_000;

    private static readonly (TrainedKind Kind, string Words)[] Kinds =
        [(TrainedKind.Logistic, "logistic regression"), (TrainedKind.Trees, "boosted trees"), (TrainedKind.Mlp, "small network")];

    private readonly List<string> warnings = [];
    private IReadOnlyList<Dataset> datasets = [];
    private bool mayCompute;
    private CrossValidationReport? report;
    private string? refusal;

    [SupplyParameterFromQuery(Name = "data")]
    private string? Data { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? KindAsked { get; set; }

    [SupplyParameterFromQuery(Name = "folds")]
    private int? FoldsAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Keep { get; set; }

    [SupplyParameterFromQuery]
    private string? Go { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private LoadAuditInputs Loader { get; set; } = default!;

    [Inject]
    private ComputeTurn Turn { get; set; } = default!;

    private Dataset Chosen => datasets.FirstOrDefault(dataset => dataset.Name == Data) ?? datasets[0];

    private TrainedKind Kind => Enum.TryParse(KindAsked, ignoreCase: true, out TrainedKind kind) && Enum.IsDefined(kind) ? kind : TrainedKind.Logistic;

    private int Folds => FoldsAsked is 3 or 5 or 10 ? FoldsAsked.Value : 5;

    private string Label => Chosen.Of(ColumnRole.Label).First().Name;

    private string[] Features => [.. Chosen.Columns
        .Where(column => column.Role == ColumnRole.Feature || (Keep is { Length: > 0 } && column.Role == ColumnRole.Protected)).Select(column => column.Name)];

    private string CommandLine =>
        $"governance crossvalidate {Chosen.Name}.csv --label {Label} --kind {Kind.ToString().ToLowerInvariant()} --folds {Folds.ToString(CultureInfo.InvariantCulture)}"
        + (Chosen.Positive is null ? "" : $" --positive {Chosen.Positive}") + $" --features {string.Join(',', Features)}";

    protected override async Task OnInitializedAsync()
    {
        (Person person, IReadOnlyList<Dataset> all) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        mayCompute = person.Roles.Any(role => AccessPolicy.CellOf(role, Right.RunAudit) != Allowance.Never);
        datasets = [.. all.Where(dataset => dataset.Of(ColumnRole.Label).Any())];
        if (Go is null || !mayCompute || datasets.Count == 0)
        {
            return;
        }

        try
        {
            AuditTable data = await Loader.TableAsync(Chosen.Name, Http.RequestAborted);
            report = await Turn.RunAsync(
                () => CrossValidate.Run(data.Table.Head(MostRows), Options(), warning => warnings.Add(warning.Message), null, Http.RequestAborted), Http.RequestAborted);
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }

    private CrossValidationOptions Options() => new()
    {
        Performance = new PerformanceOptions { Label = Label, Positive = Chosen.Positive },
        Kind = Kind,
        Folds = Folds,
        Features = Features,
        Threads = Environment.ProcessorCount,
    };

    private static string Title(CrossValidationReport report)
    {
        string headline = report.Task switch { "regression" => "rmse", "binary" => "roc_auc", _ => "accuracy" };
        return report.Means.FirstOrDefault(mean => mean.Metric == headline) is FoldMean mean
            ? $"{PerformanceWords.Capital(MetricWords.Of(headline))} is {PlainNumbers.WithInterval(mean.Mean, mean.Interval)} on rows not seen"
            : "No fold could be measured";
    }
}
