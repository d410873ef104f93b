using System.Globalization;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Drift;

/// <summary>The Drift tab of a version: which data were compared with which, and what had changed.</summary>
public sealed partial class DriftPage
{
    private VersionView? view;
    private SealedFindings? shown;
    private IReadOnlyList<EvidenceRecord> offered = [];
    private IReadOnlyList<AuditRun> runs = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Which comparison is shown; the latest by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IEnumerable<AuditRun> Waiting => runs.Where(run => !run.Status.IsOver());

    private IEnumerable<AuditRun> Ended => runs.TakeWhile(run => run.Status != RunStatus.Sealed).Where(run => run.Status.IsOver()).Take(3);

    private IReadOnlyList<string> Facts =>
    [
        .. shown!.Document.Data.Where(data => data.Role is "reference" or "current" || (data.Role == "evaluation" && shown.Document.Options.Current is null))
            .Select(data => $"{(data.Role == "reference" ? "reference" : "current")} {data.Name}, {data.Digest[..8]}, n = {Governance.Audit.Findings.PlainNumbers.Count(data.Rows)}"),
        $"seed {shown.Document.Options.Measures!.Drift!.Seed}",
    ];

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
            runs = [.. all.Where(run => AuditSpecJson.Read(run.Spec).Kind == AuditKind.Drift)];
        }

        shown = await Findings.ChooseAsync(found, Evidence, document => document.Drift is not null, Http.RequestAborted);
        offered = shown is null || found.DriftChecks.Any(record => record.Id == shown.Record.Id) ? found.DriftChecks : [shown.Record, .. found.DriftChecks];
        view = found; // last: the form below starts from all of it
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
