using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Data.Schemas;
using Governance.Portal.Features.Uploads;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Models;
using Governance.Registry.Uploads;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Datasets;

/// <summary>The second step of a new data set: kinds and roles of its columns, guessed and corrected.</summary>
public sealed partial class DatasetColumnsPage
{
    private const int MostLines = 1_000; // a form of more takes a browser's breath
    private const int FieldsOfALine = 4;
    private const int OtherFields = 20;
    private const int MostLevels = 50;

    private UploadId upload;
    private Table? table;
    private IReadOnlyList<string> levels = [];
    private IReadOnlyList<string> names = [];
    private IReadOnlyList<ColumnRun> runs = [];
    private IReadOnlyList<ColumnSummary> summaries = [];
    private IReadOnlyList<AuditWarning> warnings = [];
    private string? refusal;

    /// <summary>What the first step handed over.</summary>
    [SupplyParameterFromQuery]
    private Guid? Upload { get; set; }

    [SupplyParameterFromForm(FormName = "register-dataset")]
    private DatasetForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private StagedUploads Uploads { get; set; } = default!;

    [Inject]
    private RegisterUploadedDataset Register { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        upload = new UploadId(Upload ?? default);
        await using Stream? file = Uploads.Open(Http.User.Id(), upload);
        if (file is null)
        {
            return;
        }

        table = await Task.Run(() => TableFile.Read(file, Http.RequestAborted), Http.RequestAborted);
        IReadOnlyList<DatasetColumn> guessed = ColumnGuess.Of(table);
        DatasetColumn? label = guessed.FirstOrDefault(column => column.Role == ColumnRole.Label);
        levels = label is null ? [] : ColumnGuess.Levels(table.Need(label.Name), MostLevels);
        names = [.. table.Columns.Select(column => column.Name)];
        runs = ColumnRun.Of(guessed);
        summaries = [.. table.Columns.Select(ColumnSummary.Of)];
        warnings = TableWarnings.Of(table);
        if (Form is null || new[] { Form.Kinds.Count, Form.Roles.Count, Form.Missing.Count, Form.Marks.Count }.Any(count => count != runs.Count))
        {
            DatasetColumn[] each = [.. runs.Select(run => guessed[run.First])];
            Form = new DatasetForm
            {
                Kinds = [.. each.Select(column => column.Kind)],
                Roles = [.. each.Select(column => column.Role)],
                Missing = [.. each.Select(column => ColumnWords.Join(column.Missing))],
                Marks = [.. each.Select(column => column.Subject ? ColumnTells.WhoseRow : column.Personal ? ColumnTells.Personal : ColumnTells.Nothing)],
                Positive = ColumnGuess.Positive(levels),
                Favourable = ColumnGuess.Positive(levels),
            };
        }
    }

    private async Task RegisterAsync()
    {
        int[] lines = [.. runs.SelectMany((run, line) => Enumerable.Repeat(line, run.Count))];
        RegisterDatasetOutcome? outcome = await Register.RunAsync(
            Http.User.Actor(), upload,
            new DatasetWish(
                Form!.Name.Trim(), Form.Title,
                read => [.. read.Columns.Select((column, i) => new DatasetColumn(column.Name, Form.Kinds[lines[i]], Form.Roles[lines[i]])
                {
                    Missing = ColumnWords.Split(Form.Missing[lines[i]]),
                    Personal = Form.Marks[lines[i]] == ColumnTells.Personal,
                    Subject = Form.Marks[lines[i]] == ColumnTells.WhoseRow,
                })],
                Blank(Form.Positive), Blank(Form.Favourable)),
            Http.RequestAborted);
        switch (outcome)
        {
            case RegisterDatasetOutcome.Registered { Dataset: var dataset }:
                Navigation.NavigateTo($"/datasets/{dataset.Name}");
                break;
            case RegisterDatasetOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case null:
                table = null; // expired, or registered in another tab meanwhile
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private sealed class DatasetForm
    {
        [Required(ErrorMessage = NameRule.Sentence)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Give it a title."), StringLength(Dataset.MaxTitleLength, ErrorMessage = "At most 200 characters.")]
        public string Title { get; set; } = "";

        public List<ColumnKind> Kinds { get; set; } = [];

        public List<ColumnRole> Roles { get; set; } = [];

        public List<string?> Missing { get; set; } = [];

        public List<ColumnTells> Marks { get; set; } = [];

        public string? Positive { get; set; }

        public string? Favourable { get; set; }
    }
}
