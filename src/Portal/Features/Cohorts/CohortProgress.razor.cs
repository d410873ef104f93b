using Governance.Audit.Data;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Features.Cohorts;

/// <summary>Waits until rows are scored and refreshes the page then.</summary>
public sealed partial class CohortProgress : IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private Task? waiting;
    private double? share;

    /// <summary>The model's name.</summary>
    [Parameter, EditorRequired]
    public string Model { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    /// <summary>The evidence whose data are scored.</summary>
    [Parameter, EditorRequired]
    public Guid Evidence { get; set; }

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ScoredVersions Scored { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Sessions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? Refusal { get; set; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        if (waiting is not null)
        {
            await waiting;
        }

        gone.Dispose();
    }

    // Only in the browser's circuit: the prerendered page does not wait.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            waiting = WaitAsync(gone.Token);
        }
    }

    private void Tell(double done)
    {
        share = done;
        StateHasChanged();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            VersionView? view = await Versions.FindAsync(Model, Number, (await Sessions.GetAuthenticationStateAsync()).User, cancellationToken);
            if (view is null || !view.Viewer.RunAudit || await Findings.ChooseAsync(view, Evidence, _ => true, cancellationToken) is not SealedFindings shown)
            {
                return; // a right was taken away while the page was open: it stands still
            }

            await Scored.OfAsync(view, shown.Document, done => _ = InvokeAsync(() => Tell(done)), cancellationToken);
            await InvokeAsync(() => Navigation.Refresh());
        }
        catch (InputException refusal)
        {
            Refusal = refusal.Message;
            await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the person left the page
        }
    }
}
