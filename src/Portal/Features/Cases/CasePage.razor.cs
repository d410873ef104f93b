using Governance.Audit.Cases;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.Components.Parts;
using Governance.Portal.Features.Counterfactuals;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Privacy;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Cases;

/// <summary>One case of a version: any row of the evaluation data, with everything that makes its decision understandable.</summary>
public sealed partial class CasePage
{
    private VersionView? view;
    private SealedFindings? shown;
    private CaseQuery query = new();
    private CaseView? one;
    private CaseExplanation? explanation;
    private Neighbourhood? around;
    private CounterfactualReport? ways;
    private IReadOnlyList<ConstraintRow> editor = [];
    private string? wanted;
    private string? fault;
    private string? partRefusal;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>The row of the evaluation data, from 0.</summary>
    [Parameter]
    public int Row { get; set; }

    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    [SupplyParameterFromQuery(Name = "cohort")]
    private string? CohortAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Pick { get; set; }

    [SupplyParameterFromQuery]
    private string? Decision { get; set; }

    [SupplyParameterFromQuery]
    private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "plot")]
    private string? PlotAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Layer { get; set; }

    [SupplyParameterFromQuery]
    private string? Reference { get; set; }

    [SupplyParameterFromQuery]
    private string? Class { get; set; }

    /// <summary>Set by the form that chooses a case: the address then becomes that of the chosen one.</summary>
    [SupplyParameterFromQuery]
    private string? Go { get; set; }

    [SupplyParameterFromQuery]
    private int? To { get; set; }

    [SupplyParameterFromQuery(Name = "try")]
    private string? Try { get; set; }

    [SupplyParameterFromQuery]
    private string? Target { get; set; }

    [SupplyParameterFromQuery(Name = "k")]
    private int? Most { get; set; }

    [SupplyParameterFromQuery(Name = "n")]
    private int? WaysAsked { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadCase Cases { get; set; } = default!;

    [Inject]
    private CaseModels Models { get; set; } = default!;

    [Inject]
    private ComputeTurn Turn { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private int Ways => Math.Clamp(WaysAsked ?? 3, 1, 10);

    private IReadOnlyList<(string Name, string? Value)> Kept => [.. query.Fields.Where(word => word.Name is not ("cohort" or "evidence")).Select(word => (word.Name, (string?)word.Value))];

    private IReadOnlyList<TabLink> PartLinks =>
        [.. CaseQuery.Parts.Select(part => new TabLink(part.Name, (query with { Show = part.Key }).Address(view!, Row), part.Key == query.Show))];

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        query = CaseQuery.Read(Evidence, CohortAsked, Pick, Decision, Show, PlotAsked, Reference, Class, Layer) with { Constraints = ConstraintRow.Typed(Http.Request.Query) };
        if (!view.Viewer.SeeRows)
        {
            return;
        }

        shown = await Findings.ChooseAsync(
            view, Evidence, document => document.Options.Kind is AuditKind.Audit or AuditKind.Explanation && document.Data.Any(data => data.Role == "evaluation"), Http.RequestAborted);
        if (shown is null)
        {
            return;
        }

        try
        {
            one = await Cases.FindAsync(view, shown, Row, query, Http.RequestAborted);
        }
        catch (Exception missing) when (missing is InputException or ArtifactDamagedException)
        {
            fault = missing.Message;
            return;
        }

        if (one is null)
        {
            return;
        }

        // The form names the answer that is looked for anyway: kept, it would be the wrong one for a case decided otherwise.
        query = query with { Constraints = [.. query.Constraints.Where(word => word.Name != "target" || word.Value != CaseTargets.Of(one, null))] };
        if (Go is not null && (To ?? one.Order.Cast<int?>().FirstOrDefault()) is int chosen)
        {
            Navigation.NavigateTo(query.Address(view, chosen));
            return;
        }

        try
        {
            await ComputeAsync(one);
        }
        catch (InputException refused)
        {
            partRefusal = refused.Message;
        }
    }

    private async Task ComputeAsync(CaseView one)
    {
        switch (query.Show)
        {
            case "why":
                explanation = await Models.ExplainAsync(one, query.Reference, query.Class, Http.RequestAborted);
                break;
            case "alike":
                Neighbourhood found = await Turn.RunAsync(
                    () => NearestCases.Of(one.Scored, one.Row, one.Readable, CaseNeighbours.Shown, CaseNeighbours.Around, Http.RequestAborted), Http.RequestAborted);
                int[] rows = [.. found.Alike.Concat(found.Otherwise).Select(near => near.Row)];
                await Cases.WriteAsync(one, rows, ReadKind.Prediction, Http.RequestAborted);
                around = found;
                break;
            case "change":
                AuditInputs inputs = await Models.InputsAsync(one, Http.RequestAborted);
                await Turn.RunAsync(() => Search(one, inputs), Http.RequestAborted);
                break;
        }
    }

    private bool Search(CaseView one, AuditInputs inputs)
    {
        using LoadedVersion version = LoadedVersion.Of(inputs, one.Shown.Document.Options, Http.RequestAborted);
        Table table = inputs.Evaluation.Table;
        HashSet<string> still = [.. one.Shown.Document.Options.Protected];
        HashSet<string> locked = [.. one.Columns.Where(one.Mask.Hides)];
        editor = ConstraintRow.Read(table, one.Columns, name => Http.Request.Query[name], still, locked);
        wanted = CaseTargets.Of(one, Target);
        ways = AskCounterfactuals.Run(version, table, one.Row, editor, wanted, Most, Ways, Http.RequestAborted);
        return true;
    }
}
