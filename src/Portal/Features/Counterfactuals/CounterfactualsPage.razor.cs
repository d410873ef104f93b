using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Privacy;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Counterfactuals;

/// <summary>What a case would have to be for the version to answer otherwise; case and constraints stand in the address.</summary>
public sealed partial class CounterfactualsPage
{
    private VersionView? view;
    private SealedFindings? shown;
    private RowView? rows;
    private IReadOnlyList<CaseChoice> cases = [];
    private IReadOnlyList<ConstraintRow> editor = [];
    private CounterfactualReport? report;
    private string? refusal;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    [SupplyParameterFromQuery(Name = "row")]
    private int? RowAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Target { get; set; }

    [SupplyParameterFromQuery(Name = "k")]
    private int? MostChanges { get; set; }

    [SupplyParameterFromQuery(Name = "n")]
    private int? WaysAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Go { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadRows Data { get; set; } = default!;

    [Inject]
    private LoadAuditInputs Loader { get; set; } = default!;

    [Inject]
    private ComputeTurn Turn { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private int Row => cases.Any(one => one.Row == RowAsked) ? RowAsked!.Value : cases.Count > 0 ? cases[0].Row : 0;

    private int Ways => Math.Clamp(WaysAsked ?? 3, 1, 10);

    private string TargetHint => shown!.Document.Explanation!.Classes is null ? "such as >=5000" : "favourable, or a class";

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(view, Evidence, document => document.Explanation is { Rows.Count: > 0 }, Http.RequestAborted);
        rows = shown is null ? null : await Data.FindAsync(view, shown.Document, ReadKind.Counterfactual, Http.RequestAborted);
        if (shown is null || rows is null)
        {
            return;
        }

        AuditInputs inputs = await Loader.RunAsync(view.Version.Id, shown.Document.Options, Http.RequestAborted);
        try
        {
            await Turn.RunAsync(() => Compute(inputs), Http.RequestAborted);
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }

    private bool Compute(AuditInputs inputs)
    {
        using LoadedVersion version = LoadedVersion.Of(inputs, shown!.Document.Options, Http.RequestAborted);
        HashSet<string> still = [.. shown.Document.Options.Protected];
        HashSet<string> locked = [.. version.Encoder.Columns.Where(rows!.IsMasked)];
        editor = ConstraintRow.Read(inputs.Evaluation.Table, version.Encoder.Columns, name => Http.Request.Query[name], still, locked);
        cases = CaseChoice.List(version, [.. shown.Document.Explanation!.Rows.Select(row => row.Row)], TargetOf(version), Http.RequestAborted);
        if (Go is null)
        {
            return false;
        }

        report = AskCounterfactuals.Run(version, inputs.Evaluation.Table, Row, editor, TargetOf(version), MostChanges, Ways, Http.RequestAborted);
        return true;
    }

    // The favourable outcome may stand with the data set rather than in the encoding.
    private string? TargetOf(LoadedVersion version)
    {
        string? favourable = version.Options.Favourable ?? version.Encoder.Encoding.Label?.Favourable ?? version.Inputs.Evaluation.Favourable;
        return string.IsNullOrWhiteSpace(Target) || Target == CounterfactualTarget.Favourable ? favourable : Target.Trim();
    }
}
