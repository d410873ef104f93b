using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Runs;
using Governance.Portal.Features.Cases;
using Governance.Portal.Features.Explanations.Summaries;
using Governance.Portal.Features.Pictures;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Explanations;

/// <summary>The Explain tab of a version.</summary>
public sealed partial class ExplainPage
{
    private VersionView? view;
    private ShownAttributions? shown;
    private IReadOnlyList<AuditRun> runs = [];
    private ShownPicture? picture;

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

    /// <summary>A condition for the rows summarised.</summary>
    [SupplyParameterFromQuery]
    private string? Cohort { get; set; }

    /// <summary>Whether sealed evidence answered a request.</summary>
    [SupplyParameterFromQuery]
    private bool? Stored { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadAttributions Attributions { get; set; } = default!;

    [Inject]
    private CaseModels Models { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The threshold is one of the positive class's probability: it has no meaning for another class or on the logit scale.
    // Where none is set, the label of two classes is the more probable one. Thresholds by group are many.
    private double? Threshold => shown!.Report is { Link: "identity", Classes: { } classes }
        && shown.Position < classes.Count && classes[shown.Position] == shown.Sealed.Document.Options.Positive
        && shown.Sealed.Document.Warnings.All(warning => warning.Code != GroupThresholds.NoteCode)
            ? shown.Sealed.Document.Options.Threshold ?? 0.5
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

        shown = await Attributions.FindAsync(found, new AttributionsWish(Evidence, Class, Case, Cohort), Http.RequestAborted);
        picture = shown?.Rows is { } rows ? await PictureAsync(found, rows) : null;
        view = found; // last: the form below starts from all of it
    }

    // Columns that are masked may be what the model reads by position; then there is no telling what a row looks like.
    private async Task<ShownPicture?> PictureAsync(VersionView found, RowView rows)
    {
        try
        {
            return (await Models.FaceAsync(found.Version, _ => Task.FromResult(rows.Open), Http.RequestAborted)).Picture;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
