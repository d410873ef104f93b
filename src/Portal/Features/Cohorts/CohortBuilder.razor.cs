using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Features.Cohorts;

/// <summary>The builder of conditions below the cohort bar. Nothing is read before it is opened.</summary>
/// <remarks>
/// Who reads no personal rows is told no number while they build: each count would be one of the parts that they may be
/// shown of a data set (<see cref="ReadCohort"/>).
/// </remarks>
public sealed partial class CohortBuilder : IAsyncDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150); // keys that come in between are counted together

    private readonly CancellationTokenSource gone = new();
    private VersionView? view;
    private SealedFindings? shown;
    private IReadOnlyList<OfferedColumn> columns = [];
    private DraftGroup? whole;
    private CohortView? counted;
    private string? refusal;
    private string? fault;
    private string text = "";
    private string made = "";
    private double? share;
    private int edits;
    private int asked;
    private bool open;

    /// <summary>The model's name.</summary>
    [Parameter, EditorRequired]
    public string Model { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    /// <summary>The evidence whose data are meant.</summary>
    [Parameter, EditorRequired]
    public Guid Evidence { get; set; }

    /// <summary>The condition in the address; null for all rows.</summary>
    [Parameter]
    public string? Where { get; set; }

    /// <summary>Whether it is open when the page comes.</summary>
    [Parameter]
    public bool Open { get; set; }

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ScoredVersions Scored { get; set; } = default!;

    [Inject]
    private ReadRows Rows { get; set; } = default!;

    [Inject]
    private ReadCohort Cohorts { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Sessions { get; set; } = default!;

    private string Count => fault
        ?? (whole!.Incomplete is int missing and > 0 ? $"{(missing == 1 ? "One condition lacks" : $"{missing} conditions lack")} a column or a value and {(missing == 1 ? "is" : "are")} left out. " : "") + Found;

    private string Found => counted switch
    {
        _ when text.Length == 0 => "All rows.",
        { Refusal: string sentence } => sentence,
        { Ready: true, Scored: not null } => $"n = {PlainNumbers.Count(counted.Rows.Length)} of {PlainNumbers.Count(counted.All)} rows, {PlainNumbers.Percent(counted.Share)}.",
        _ when view!.Viewer.MaskProtected => "The number of rows is told once it is applied: each part that your role is shown is remembered.",
        _ => "",
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
    }

    // Only in the browser's circuit: the page that comes first reads nothing.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Open)
        {
            await ToggleAsync();
            StateHasChanged();
        }
    }

    private async Task ToggleAsync()
    {
        open = !open;
        if (!open || whole is not null || refusal is not null)
        {
            return;
        }

        StateHasChanged();
        try
        {
            refusal = await LoadAsync(gone.Token);
        }
        catch (InputException sentence)
        {
            refusal = sentence.Message;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // the person left
        }
    }

    private async Task<string?> LoadAsync(CancellationToken cancellationToken)
    {
        view = await Versions.FindAsync(Model, Number, (await Sessions.GetAuthenticationStateAsync()).User, cancellationToken);
        if (view is null || !view.Viewer.RunAudit || await Findings.ChooseAsync(view, Evidence, _ => true, cancellationToken) is not SealedFindings found)
        {
            return "Your role does not compute figures of parts of the data.";
        }

        shown = found;
        if (await Rows.MaskAsync(view, shown.Document, cancellationToken) is not { } mask)
        {
            return "The evaluation data are no longer registered.";
        }

        ScoredRows rows = await Scored.OfAsync(view, shown.Document, done => _ = InvokeAsync(() => Tell(done)), cancellationToken);
        columns = OfferedColumn.Of(rows, shown.Document.Options, mask, view.Viewer.MaskProtected ? PolicyPack.Default.SmallestShownGroup : 1);
        await ReadAsync(Where ?? "");
        return null;
    }

    private void Tell(double done)
    {
        share = done;
        StateHasChanged();
    }

    private Task ReadAsync(ChangeEventArgs change) => ReadAsync(change.Value as string ?? "");

    // The field's text is not written back: only what is built here is.
    private Task ReadAsync(string typed)
    {
        text = typed.Trim();
        fault = null;
        try
        {
            whole = DraftGroup.Whole(text.Length == 0 ? null : Cohort.Parse(text).Tree);
        }
        catch (InputException sentence)
        {
            fault = $"{sentence.Message} What stands above is the last that was understood.";
            whole ??= new DraftGroup();
        }

        return CountAsync();
    }

    private Task BuiltAsync()
    {
        text = whole!.Finish() is CohortPart part ? CohortText.Of(part) : "";
        fault = null;
        made = text;
        edits++;
        return CountAsync();
    }

    private async Task CountAsync()
    {
        int mine = ++asked;
        counted = null;
        if (text.Length == 0 || fault is not null)
        {
            return;
        }

        try
        {
            await Task.Delay(Rest, gone.Token);
            if (mine != asked)
            {
                return;
            }

            CohortView answer = view!.Viewer.MaskProtected
                ? new CohortView { Where = text, Refusal = await Cohorts.RefusalAsync(view, shown!.Document, text, gone.Token), Pending = true }
                : await Cohorts.OfAsync(view, shown!.Document, text, Timeout.InfiniteTimeSpan, gone.Token);
            counted = mine == asked ? answer : counted;
        }
        catch (InputException sentence)
        {
            fault = mine == asked ? sentence.Message : fault;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // the person left
        }
    }
}
