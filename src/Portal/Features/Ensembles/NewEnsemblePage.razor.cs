using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Models;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Ensembles;

/// <summary>The form that puts the making of an ensemble in the queue.</summary>
public sealed partial class NewEnsemblePage
{
    private IReadOnlyList<string> versions = [];
    private IReadOnlyList<string> datasets = [];
    private string? refusal;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromForm(FormName = "new-ensemble")]
    private EnsembleForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private RequestEnsemble Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        (Person person, IReadOnlyList<ModelRow> rows) = await Models.ListAsync(Http.User, Http.RequestAborted);
        ModelRow? row = rows.FirstOrDefault(model => model.Model.Name == Name && !model.NameOnly);
        if (row is null || !person.Roles.Contains(Role.Developer))
        {
            Navigation.NotFound();
            return;
        }

        // The model's own versions first: those of other models do the same task only sometimes.
        versions = [.. rows.Where(model => !model.NameOnly).OrderByDescending(model => model == row)
            .SelectMany(model => model.Versions.Where(version => version.Version.Stage is not (Stage.Retired or Stage.Rejected))
                .Select(version => $"{model.Model.Name}/{version.Version.Number}"))];
        (_, IReadOnlyList<Dataset> registered) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        datasets = [.. registered.Where(dataset => dataset.Of(ColumnRole.Label).Any()).Select(dataset => dataset.Name)];
        Form ??= new EnsembleForm();
        Form.Members ??= [];
    }

    private async Task MakeAsync()
    {
        EnsembleRecipe recipe;
        try
        {
            recipe = new EnsembleRecipe
            {
                Model = Name,
                Members = [.. versions.Where(Form!.Members.Contains)],
                Combination = Form.Combination,
                Weights = string.IsNullOrWhiteSpace(Form.Weights) ? null : [.. Form.Weights.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Number)],
                Threshold = string.IsNullOrWhiteSpace(Form.Threshold) ? null : Number(Form.Threshold.Trim()),
                Stacked = Form.Stacked == StackedForm.Chosen ? null : Form.Stacked,
                Data = string.IsNullOrEmpty(Form.Data) ? null : Form.Data,
                Note = string.IsNullOrWhiteSpace(Form.Note) ? null : Form.Note.Trim(),
            };
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
            return;
        }

        StartRunOutcome outcome = await Request.RunAsync(Http.User.Actor(), recipe, Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                (string model, string number) = Parts(recipe.Members[0]);
                Navigation.NavigateTo($"/models/{model}/versions/{number}/overview#audit");
                break;
            case StartRunOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case StartRunOutcome.NoSuchVersion:
                refusal = "A member is no longer there for you. Choose again.";
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static double Number(string text) =>
        PlainDecimal.TryParse(text, out double number) ? number : throw new InputException($"'{text}' is no number such as 0.5.");

    private static (string Model, string Number) Parts(string version)
    {
        int slash = version.LastIndexOf('/');
        return (version[..slash], version[(slash + 1)..]);
    }

    private sealed class EnsembleForm
    {
        public List<string> Members { get; set; } = [];

        public Combination Combination { get; set; }

        public string? Weights { get; set; }

        public StackedForm Stacked { get; set; }

        public string? Threshold { get; set; }

        public string? Data { get; set; }

        [StringLength(ModelVersion.MaxNoteLength, ErrorMessage = "At most 1,000 characters.")]
        public string? Note { get; set; }
    }
}
