using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Explanations;

/// <summary>The Explain tab of a version.</summary>
public sealed partial class ExplainPage
{
    private VersionView? view;
    private SealedFindings? shown;
    private RowView? rows;
    private IReadOnlyList<FeatureImportance>? importance;
    private IReadOnlyList<AuditRun> runs = [];
    private int position;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Which evidence is shown; the latest by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    /// <summary>Which of several classes is shown, from 0.</summary>
    [SupplyParameterFromQuery]
    private int? Class { get; set; }

    /// <summary>Which cases the picker offers.</summary>
    [SupplyParameterFromQuery]
    private string? Pick { get; set; }

    /// <summary>The row in the data that is shown.</summary>
    [SupplyParameterFromQuery]
    private int? Case { get; set; }

    /// <summary>Whether sealed evidence answered a request.</summary>
    [SupplyParameterFromQuery]
    private bool? Stored { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private ReadRows Data { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The threshold is one of the positive class's probability: it has no meaning for another class or on the logit scale.
    // Where none is set, the label of two classes is the more probable one. Thresholds by group are many.
    private double? Threshold => shown!.Document.Explanation is { Link: "identity", Classes: { } classes }
        && position < classes.Count && classes[position] == shown.Document.Options.Positive
        && shown.Document.Warnings.All(warning => warning.Code != GroupThresholds.NoteCode)
            ? shown.Document.Options.Threshold ?? 0.5
            : null;

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            ModelVersionId id = found.Version.Id;
            AuditRun[] all = await db.Runs.AsNoTracking().Where(run => run.Version == id)
                .OrderByDescending(run => run.RequestedAt).ToArrayAsync(Http.RequestAborted);
            runs = [.. all.Where(run => AuditSpecJson.Read(run.Spec).Kind == AuditKind.Explanation)];
        }

        shown = await Findings.ChooseAsync(found, Evidence, document => document.Explanation is { Rows.Count: > 0 }, Http.RequestAborted);
        if (shown is not null)
        {
            await ShowAsync(found);
        }

        view = found; // last: the form below starts from all of it
    }

    private async Task ShowAsync(VersionView view)
    {
        ArgumentNullException.ThrowIfNull(shown);

        ExplanationReport report = shown.Document.Explanation!;
        position = Math.Clamp(Class ?? 0, 0, report.BaseValue.Count - 1);
        importance = report.BaseValue.Count == 1 && shown.Document.Importance is { } measured
            ? measured
            : GlobalImportance.Of(report, position, GlobalImportance.DefaultResamples, 0.95, shown.Document.Options.Seed);
        rows = await Data.FindAsync(view, shown.Document, ReadKind.Explanation, Http.RequestAborted);
    }
}
