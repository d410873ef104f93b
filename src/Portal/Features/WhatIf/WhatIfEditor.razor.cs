using System.Security.Claims;
using Governance.Audit.Data;
using Governance.Audit.WhatIf;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Features.WhatIf;

/// <summary>Edits one known row and asks the model at each change; who asks, and what they may, is judged each time.</summary>
public sealed partial class WhatIfEditor : IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private Dictionary<string, string> cells = new(StringComparer.Ordinal);
    private Dictionary<string, string> waiting = new(StringComparer.Ordinal);
    private WhatIfState? state;
    private string? refusal;
    private double? milliseconds;
    private bool live;
    private bool busy;
    private bool again;

    /// <summary>The model's name.</summary>
    [Parameter, EditorRequired]
    public string Model { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    /// <summary>The data set that the row is of.</summary>
    [Parameter, EditorRequired]
    public string Dataset { get; set; } = "";

    /// <summary>The id of the data set.</summary>
    [Parameter, EditorRequired]
    public Guid DatasetId { get; set; }

    /// <summary>The row of its file, from 0.</summary>
    [Parameter, EditorRequired]
    public int Row { get; set; }

    /// <summary>The address of the page, to link to edits from.</summary>
    [Parameter, EditorRequired]
    public string Here { get; set; } = "";

    /// <summary>The edits that a link carries, as <see cref="WhatIfLink"/> writes them; null for none.</summary>
    [Parameter]
    public string? Wanted { get; set; }

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private WhatIfRun Run { get; set; } = default!;

    [Inject]
    private WhatIfRows Rows { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Sessions { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private string Plain => $"/models/{Model}/versions/{Number}/what-if?data={Uri.EscapeDataString(Dataset)}&row={Row}";

    private string Status => busy ? "Asking the model …"
        : waiting.Count > 0 ? "The link carries edits that were not asked about yet."
        : milliseconds is double time ? $"{WhatIfWords.Left(state!)} Answered in {time:0} ms."
        : WhatIfWords.Left(state!);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
    }

    // Only in the browser's circuit. A session that is there goes on at once; a new one costs, so it waits for the button.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        live = true;
        await TryAsync(async (view, token) =>
        {
            if (await Run.OnAsync(view, new DatasetId(DatasetId), Row, token) is not null)
            {
                await OpenAsync(view, token);
            }
        });
    }

    private Task BeginAsync() => TryAsync(OpenAsync);

    private async Task OpenAsync(VersionView view, CancellationToken token)
    {
        Dataset dataset = await Rows.FindAsync(new DatasetId(DatasetId), token) ?? throw new InputException("The data set is no longer registered.");
        Take(await Run.BeginAsync(view, dataset, Row, ReadPurpose.Page, token));
        cells = new(state?.Current?.Cells ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        waiting = state is null ? new() : WhatIfLink.Read(Wanted, state.Row.Row.Columns);
        if (waiting.Count > 0 && !WhatIfLink.Same(waiting, cells))
        {
            cells = new(waiting, StringComparer.Ordinal);
        }
        else
        {
            waiting.Clear();
        }
    }

    private async Task ChangeAsync((EditableColumn Column, string Text) typed)
    {
        string text = typed.Text.Trim();
        if (text.Length == 0 || text == typed.Column.Own)
        {
            cells.Remove(typed.Column.Name);
        }
        else
        {
            cells[typed.Column.Name] = text;
        }

        await AskAsync();
    }

    private async Task PaintAsync(Dictionary<string, string> painted)
    {
        cells = painted;
        await AskAsync();
    }

    // A change during an answer is asked about after it: one edit at a time.
    private async Task AskAsync()
    {
        if (busy)
        {
            again = true;
            return;
        }

        do
        {
            again = false;
            long started = Time.GetTimestamp();
            await TryAsync(async (view, token) => Take(await Run.EditAsync(view, state!, new Dictionary<string, string>(cells, StringComparer.Ordinal), token)));
            milliseconds = Time.GetElapsedTime(started).TotalMilliseconds;
            waiting.Clear();
        }
        while (again);
    }

    private Task UndoAsync() => TryAsync(async (view, token) =>
    {
        Take(await Run.UndoAsync(view, state!.Session.Id, ReadPurpose.Page, token));
        cells = new(state.Current?.Cells ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        milliseconds = null;
    });

    private void Take(WhatIfOutcome outcome)
    {
        switch (outcome)
        {
            case WhatIfOutcome.Shown { State: var shown }:
                state = shown;
                break;
            case WhatIfOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            default:
                refusal = "The session is over. Open the page again to begin another.";
                break;
        }
    }

    private async Task TryAsync(Func<VersionView, CancellationToken, Task> act)
    {
        (busy, refusal) = (true, null);
        StateHasChanged();
        try
        {
            ClaimsPrincipal user = (await Sessions.GetAuthenticationStateAsync()).User;
            if (await Versions.FindAsync(Model, Number, user, gone.Token) is not VersionView view || !view.Viewer.SeeRows)
            {
                (state, refusal) = (null, "Your role does not see single cases of this version.");
                return;
            }

            await act(view, gone.Token);
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // the person left the page
        }
        finally
        {
            busy = false;
            if (!gone.IsCancellationRequested)
            {
                StateHasChanged();
            }
        }
    }
}
