using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Findings;
using Governance.Audit.Privacy;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Features.Profiles;

/// <summary>An island that computes something from a version when it is shown: with progress, until it is done, cancelled or left.</summary>
public abstract class ComputedIsland : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationTokenSource? cancel;
    private Task? working;
    private FindingsDocument? evidence;

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
    private LoadAuditInputs Loader { get; set; } = default!;

    [Inject]
    private ComputeTurn Turn { get; set; } = default!;

    [Inject]
    private ReadCohort Cohorts { get; set; } = default!;

    [Inject]
    private ShowCohorts Shown { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Sessions { get; set; } = default!;

    /// <summary>The share done, in [0, 1]; null before the first is known.</summary>
    protected double? Share { get; private set; }

    /// <summary>Whether it is being computed, or waits to be.</summary>
    protected bool Running { get; private set; } = true;

    /// <summary>Why there is no result, in a sentence; null while there is none or there is one.</summary>
    protected string? Refusal { get; private set; }

    /// <summary>The cohort that it is computed on; null for all rows, and before it is known.</summary>
    private protected CohortView? Part { get; private set; }

    /// <summary>What a line of provenance says of the cohort; nothing for all rows.</summary>
    private protected IReadOnlyList<string> PartFacts => Part is null ? []
        : [$"cohort: {Part.Name}, n = {PlainNumbers.Count(Part.Rows.Length)} of {PlainNumbers.Count(Part.All)}"];

    /// <summary>A condition on the rows that were computed on, as one on all rows.</summary>
    private protected string Inside(string condition) => Part is null ? condition : $"({Part.Where}) and ({condition})";

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

    /// <summary>Of conditions on the rows that were computed on, those whose figures the person may be shown; they are remembered as shown.</summary>
    private protected async Task<IReadOnlySet<string>> OpenAsync(
        VersionView view, AuditInputs inputs, IReadOnlyList<string> conditions, CancellationToken cancellationToken)
    {
        int smallest = PolicyPack.Default.SmallestShownGroup;
        ArtifactDigest data = new(inputs.Evaluation.Digest);
        if (Part is not { Scored: { } scored })
        {
            return await Shown.RunAsync(view.Viewer.Person, data, inputs.Evaluation.Table, conditions, smallest, cancellationToken);
        }

        // Parts of a cohort are parts of all rows: judged there, beside whatever else the person was shown.
        HashSet<string> open = [];
        foreach (string condition in conditions.Distinct(StringComparer.Ordinal))
        {
            string where = Inside(condition);
            if (await Shown.RunAsync(view.Viewer.Person, data, scored.Data, where, scored.Rows(where), smallest, cancellationToken))
            {
                open.Add(condition);
            }
        }

        return open;
    }

    /// <summary>Whether figures by protected group of the cohort may be shown; of all rows the island judges itself.</summary>
    private protected Task<bool> ByGroupAsync(VersionView view, CancellationToken cancellationToken) =>
        Part is null ? Task.FromResult(true) : Cohorts.ByGroupAsync(view, evidence!, Part, cancellationToken);

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
            if (!string.IsNullOrWhiteSpace(Cohort))
            {
                CohortView part = await Cohorts.OfAsync(view, findings, Cohort, Timeout.InfiniteTimeSpan, token);
                inputs = part.Refusal is string sentence ? throw new InputException(sentence) : Within(inputs, findings.Options, part);
                Part = part;
            }

            evidence = findings;
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

    // A cohort's rows are numbered within the part of the data that the audit took.
    private static AuditInputs Within(AuditInputs inputs, AuditOptions options, CohortView part)
    {
        Table table = inputs.Evaluation.Table;
        table = options.Measures?.Where is string where ? Audit.Cohorts.Cohort.Parse(where).Take(table) : table;
        return inputs with { Evaluation = inputs.Evaluation with { Table = table.Take(part.Rows) } };
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
