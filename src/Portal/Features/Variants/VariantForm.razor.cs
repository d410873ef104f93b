using System.Diagnostics;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Variants;

/// <summary>The form that puts the making of a variant in the queue.</summary>
public sealed partial class VariantForm
{
    private IReadOnlyList<Dataset> datasets = [];
    private string? fault;

    /// <summary>The parent.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "variant")]
    private VariantWish? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private FittingDatasets Fitting { get; set; } = default!;

    [Inject]
    private RequestVariant Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new VariantWish(); // before the first wait: the form is rendered meanwhile
        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            List<Dataset> all = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
            datasets = await Fitting.OfAsync(View.Version, all, Http.RequestAborted);
        }
    }

    private async Task SubmitAsync()
    {
        if (!RecipeWords.All.Contains(Form!.Recipe))
        {
            fault = "Choose a recipe.";
            return;
        }

        StartRunOutcome outcome = await Request.RunAsync(
            Http.User.Actor(), View.Version.Id, Form.Wanted(), string.IsNullOrEmpty(Form.Data) ? null : Form.Data, Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("variants")}#make");
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

    private sealed class VariantWish
    {
        public string Recipe { get; set; } = RecipeWords.All[0];

        public string? Data { get; set; }

        public ActivationScale Scale { get; set; }

        public RangeMethod Ranges { get; set; }

        public double Share { get; set; } = 0.5;

        public PruneScope Scope { get; set; }

        public int FineTune { get; set; }

        public TreePart Part { get; set; }

        public StudentFamily Student { get; set; } = StudentFamily.Trees;

        public int Size { get; set; }

        public double Temperature { get; set; } = 1;

        public double Redraw { get; set; } = 1;

        public string? Exclude { get; set; }

        public int Seed { get; set; }

        public VariantRecipe Wanted() => new()
        {
            Kind = RecipeWords.Kind(Recipe),
            Scale = Scale,
            Ranges = Ranges,
            Share = Share,
            Scope = Scope,
            FineTune = FineTune,
            Part = Part,
            Student = Student,
            Size = Size,
            Temperature = Temperature,
            Redraw = Redraw,
            Exclude = Exclude?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Seed = Seed,
        };
    }
}
