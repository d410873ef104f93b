using Governance.Audit.Data;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Features.Performance;

/// <summary>An island over the scored rows of an evidence: they are scored once for everybody, and what the person moves is answered from them.</summary>
public abstract class ScoredIsland : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private Task? working;

    /// <summary>The model's name.</summary>
    [Parameter, EditorRequired]
    public string Model { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    /// <summary>The evidence whose data and options are used.</summary>
    [Parameter, EditorRequired]
    public Guid Evidence { get; set; }

    /// <summary>The condition of the cohort in the address; null for all rows.</summary>
    [Parameter]
    public string? Cohort { get; set; }

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ScoredVersions Scored { get; set; } = default!;

    [Inject]
    private ReadCohort Cohorts { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Sessions { get; set; } = default!;

    /// <summary>Whether rows are being scored, or figures prepared.</summary>
    protected bool Running { get; private set; } = true;

    /// <summary>Why there is nothing to show, in a sentence; null where there is something.</summary>
    protected string? Refusal { get; private set; }

    /// <summary>The share of the rows that is scored, in [0, 1]; null before one is known.</summary>
    protected double? Scoring { get; private set; }

    /// <summary>Makes of the rows what the island shows; CPU work over 50 ms belongs on a thread of its own.</summary>
    /// <exception cref="InputException">What was asked for does not fit; the sentence is shown.</exception>
    private protected abstract Task PrepareAsync(LiveView live, CancellationToken cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        if (working is not null)
        {
            await working;
        }

        gone.Dispose();
        GC.SuppressFinalize(this);
    }

    // Only in the browser's circuit: a page without script says that it needs some.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            working = WorkAsync(gone.Token);
        }
    }

    private void Tell(double done)
    {
        Scoring = done;
        StateHasChanged();
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            Refusal = await LoadAsync(cancellationToken);
        }
        catch (InputException fault)
        {
            Refusal = fault.Message;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // the person left
        }
        finally
        {
            Running = false;
        }

        await InvokeAsync(StateHasChanged);
    }

    // Null where it was prepared.
    private async Task<string?> LoadAsync(CancellationToken cancellationToken)
    {
        System.Security.Claims.ClaimsPrincipal user = (await Sessions.GetAuthenticationStateAsync()).User;
        if (await Versions.FindAsync(Model, Number, user, cancellationToken) is not VersionView view || !view.Viewer.RunAudit)
        {
            return "Your role does not compute figures while it looks; the sealed figures are on the other pages of the tab.";
        }

        if (await Findings.ChooseAsync(view, Evidence, document => document.Data.Any(data => data.Role == "evaluation"), cancellationToken) is not SealedFindings shown)
        {
            return "The version has no evidence to take data from. Request an audit first.";
        }

        ScoredRows rows = await Scored.OfAsync(view, shown.Document, done => _ = InvokeAsync(() => Tell(done)), cancellationToken);
        CohortView part = await Cohorts.OfAsync(view, shown.Document, Cohort, Timeout.InfiniteTimeSpan, cancellationToken);
        if (part.Refusal is string refusal)
        {
            return refusal;
        }

        await PrepareAsync(new LiveView(view, shown, rows, part), cancellationToken);
        return null;
    }
}
