using System.Globalization;
using Governance.Audit.Runs;
using Governance.Audit.Variants;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Inside;
using Governance.Portal.Features.Versions;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Variants;

/// <summary>The Variants tab of a version: what was made of it, what is being made, and a form to make more.</summary>
public sealed partial class VariantsPage
{
    private VersionView? view;
    private IReadOnlyList<VariantRow> rows = [];
    private IReadOnlyList<AuditRun> runs = [];
    private IReadOnlyList<AuditRun> looks = [];
    private SealedFindings? inside;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadVariants Variants { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;


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
            (AuditRun Run, AuditKind Kind)[] kinds = [.. all.Select(run => (run, AuditSpecJson.Read(run.Spec).Kind))];
            runs = [.. kinds.Where(pair => pair.Kind == AuditKind.Variant).Select(pair => pair.Run)];
            looks = [.. kinds.Where(pair => pair.Kind == AuditKind.Inside).Select(pair => pair.Run)];
        }

        if (found.Records.FirstOrDefault(InsideRequest.Is) is EvidenceRecord record)
        {
            inside = new SealedFindings(record, await Findings.ReadAsync(found, record, Http.RequestAborted));
        }

        rows = await Variants.OfAsync(found, Http.RequestAborted);
        view = found; // last: the form below starts from all of it
    }

    private string Address(VariantRow row) => $"/models/{view!.Model.Name}/versions/{row.Number}";

    private static string Ratio(BytePair? bytes) => bytes?.Ratio is double ratio ? $"{(100 * ratio).ToString("0", CultureInfo.InvariantCulture)} %" : "–";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
