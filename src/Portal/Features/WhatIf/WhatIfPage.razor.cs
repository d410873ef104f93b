using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.WhatIf;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.WhatIf;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.WhatIf;

/// <summary>What a version would answer about a known row with other cells: a session, whose id stands in the address.</summary>
public sealed partial class WhatIfPage
{
    private static readonly (string Key, string Words)[] Picks =
        [("number", "by number"), ("random", "at random"), ("near", "near the threshold"), ("outcome", "by outcome")];

    private VersionView? view;
    private IReadOnlyList<Dataset> datasets = [];
    private WhatIfState? state;
    private int? row;
    private string? refusal;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [SupplyParameterFromQuery]
    private string? Data { get; set; }

    [SupplyParameterFromQuery]
    private string? Pick { get; set; }

    [SupplyParameterFromQuery(Name = "row")]
    private int? RowAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery]
    private Guid? Session { get; set; }

    [SupplyParameterFromForm(FormName = "what-if-begin")]
    private BeginForm? Begin { get; set; }

    [SupplyParameterFromForm(FormName = "what-if-edit")]
    private CellsForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private FittingDatasets Fitting { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private WhatIfRows Rows { get; set; } = default!;

    [Inject]
    private WhatIfRun Run { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Dataset Chosen => datasets.FirstOrDefault(dataset => dataset.Name == (state?.Row.Dataset.Name ?? Data)) ?? datasets[0];

    private List<string> Outcomes => [.. new[] { Chosen.Favourable, Chosen.Positive }.OfType<string>().Distinct()];

    protected override async Task OnInitializedAsync()
    {
        Begin ??= new BeginForm();
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        if (!view.Viewer.SeeRows)
        {
            return;
        }

        (_, IReadOnlyList<Dataset> all) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        datasets = [.. (await Fitting.OfAsync(view.Version, all, Http.RequestAborted)).OrderByDescending(dataset => dataset.Name.Contains("test", StringComparison.OrdinalIgnoreCase))];
        if (datasets.Count == 0)
        {
            return;
        }

        await TryAsync(async () =>
        {
            if (Session is Guid id)
            {
                Show(await Run.FindAsync(view, new WhatIfSessionId(id), ReadPurpose.Page, Http.RequestAborted));
            }
            else
            {
                row = await PickAsync();
            }
        });
        Form ??= new CellsForm();
    }

    // Near the threshold are rows whose scores sealed explanations show already: nothing is asked of the model to choose.
    private async Task<int?> PickAsync()
    {
        switch (Pick)
        {
            case "random":
                return RandomNumberGenerator.GetInt32((int)Chosen.Rows);
            case "near":
                SealedFindings? shown = await Findings.ChooseAsync(
                    view!, null, document => document.Explanation is { Rows.Count: > 0, Link: "identity" } && document.Data.Any(data => data.Role == "evaluation" && data.Digest == Chosen.Digest.Hex),
                    Http.RequestAborted);
                double threshold = shown?.Document.Options.Threshold ?? 0.5;
                return shown?.Document.Explanation!.Rows.MinBy(explained => Math.Abs(explained.Prediction[^1] - threshold))!.Row
                    ?? throw new InputException("No sealed explanation shows scores of these data. Choose a row by number, or explain rows first.");
            case "outcome":
                int[] rows = await Rows.WithOutcomeAsync(view!, Chosen, string.IsNullOrWhiteSpace(Outcome) ? Outcomes.FirstOrDefault() ?? "" : Outcome.Trim(), Http.RequestAborted);
                return rows.Length > 0 ? rows[RandomNumberGenerator.GetInt32(rows.Length)] : throw new InputException("No row of these data has that outcome, or your role does not see outcomes.");
            default:
                return RowAsked is int asked && asked >= Chosen.Rows ? throw new InputException($"The data set has rows 0 to {Chosen.Rows - 1}.") : RowAsked;
        }
    }

    private Task BeginAsync() => TryAsync(async () =>
    {
        Dataset dataset = datasets.FirstOrDefault(each => each.Name == Begin!.Dataset) ?? throw new InputException("There is no such data set.");
        Show(await Run.BeginAsync(view!, dataset, Begin!.Row, ReadPurpose.Page, Http.RequestAborted), go: true);
    });

    private Task EditAsync() => TryAsync(async () =>
    {
        Dictionary<string, string> cells = new(StringComparer.Ordinal);
        IReadOnlyList<EditableColumn> columns = state!.Row.Row.Columns;
        for (int i = 0; i < Math.Min(columns.Count, Form!.Cells.Count); i++)
        {
            string text = Form.Cells[i]?.Trim() ?? "";
            if (columns[i].MayChange && text.Length > 0 && text != columns[i].Own)
            {
                cells[columns[i].Name] = text;
            }
        }

        Show(await Run.EditAsync(view!, new WhatIfSessionId(Session!.Value), cells, ReadPurpose.Page, Http.RequestAborted), go: true);
    });

    private Task UndoAsync() => TryAsync(async () =>
        Show(await Run.UndoAsync(view!, new WhatIfSessionId(Session!.Value), ReadPurpose.Page, Http.RequestAborted), go: true));

    private void Show(WhatIfOutcome outcome, bool go = false)
    {
        switch (outcome)
        {
            case WhatIfOutcome.Shown { State: var shown }:
                state = shown;
                if (go)
                {
                    Navigation.NavigateTo($"{view!.Address("what-if")}?session={shown.Session.Id}");
                }

                break;
            case WhatIfOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            default:
                refusal = "There is no such session, or it is over. Choose a row.";
                break;
        }
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }

    private sealed class BeginForm
    {
        public string Dataset { get; set; } = "";

        public int Row { get; set; }
    }

    private sealed class CellsForm
    {
        public List<string?> Cells { get; set; } = [];
    }
}
