using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Features.Profiles;

/// <summary>An island that computes something from a version when it is shown: with progress, until it is done, cancelled or left.</summary>
public abstract class ComputedIsland : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationTokenSource? cancel;
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

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private LoadAuditInputs Loader { get; set; } = default!;

    [Inject]
    private ComputeTurn Turn { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Sessions { get; set; } = default!;

    /// <summary>The share done, in [0, 1]; null before the first is known.</summary>
    protected double? Share { get; private set; }

    /// <summary>Whether it is being computed, or waits to be.</summary>
    protected bool Running { get; private set; } = true;

    /// <summary>Why there is no result, in a sentence; null while there is none or there is one.</summary>
    protected string? Refusal { get; private set; }

    /// <summary>Computes the result; called on a thread of its own.</summary>
    /// <param name="version">The model and its data.</param>
    /// <param name="findings">The evidence.</param>
    /// <param name="progress">Takes the share done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">What was asked for does not fit; the sentence is shown.</exception>
    private protected abstract void Compute(
        LoadedVersion version, FindingsDocument findings, IProgress<double> progress, CancellationToken cancellationToken);

    /// <summary>Makes of the result what the person may see; called after the computation, before anything is drawn.</summary>
    private protected virtual Task ShowAsync(VersionView view, AuditInputs inputs, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether the person who looks may see this.</summary>
    private protected abstract bool Allows(ViewerRights rights);

    /// <summary>Ends the computation; the page says so.</summary>
    protected void Cancel() => cancel?.Cancel();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        if (working is not null)
        {
            await working;
        }

        cancel?.Dispose();
        gone.Dispose();
        GC.SuppressFinalize(this);
    }

    // Only in the browser's circuit: a page without script says that it needs some.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            working = WorkAsync();
        }
    }

    private async Task WorkAsync()
    {
        cancel = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        CancellationToken token = cancel.Token;
        try
        {
            System.Security.Claims.ClaimsPrincipal user = (await Sessions.GetAuthenticationStateAsync()).User;
            VersionView? view = await Versions.FindAsync(Model, Number, user, token);
            if (view is null || !Allows(view.Viewer))
            {
                Refusal = "Your role does not compute this for the version.";
                return;
            }

            FindingsDocument findings = (await Findings.ChooseAsync(view, Evidence, _ => true, token))?.Document
                ?? throw new InputException("The version has no evidence to take data from.");
            AuditInputs inputs = await Loader.RunAsync(view.Version.Id, findings.Options, token);
            await Turn.RunAsync(
                () =>
                {
                    using LoadedVersion loaded = LoadedVersion.Of(inputs, findings.Options, token);
                    Compute(loaded, findings, new Beat(this), token);
                    return true;
                },
                token);
            await ShowAsync(view, inputs, token);
        }
        catch (InputException refusal)
        {
            Refusal = refusal.Message;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            Refusal = "Cancelled.";
        }
        finally
        {
            Running = false;
            if (!gone.IsCancellationRequested)
            {
                await InvokeAsync(StateHasChanged);
            }
        }
    }

    // Redrawn at most each hundredth, so that a fast model does not flood the circuit.
    private sealed class Beat(ComputedIsland island) : IProgress<double>
    {
        private int shown = -1;

        public void Report(double value)
        {
            int hundredth = (int)(100 * value);
            if (Interlocked.Exchange(ref shown, hundredth) != hundredth && !island.gone.IsCancellationRequested)
            {
                island.Share = Math.Clamp(value, 0, 1);
                _ = island.InvokeAsync(island.StateHasChanged);
            }
        }
    }
}
