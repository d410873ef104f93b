using System.Text.Json;
using Governance.Audit.Encodings;
using Governance.Audit.Findings;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Versions;

/// <summary>The Overview tab: the model card from measured values, and the version's audits.</summary>
public sealed partial class OverviewPage
{
    private static readonly string[] KeyMetrics =
        ["accuracy", "roc_auc", "ece", "rmse", "demographic_parity_ratio", "equalized_odds_difference"];

    private VersionView? view;
    private SealedFindings? shown;
    private ModelEncoding? encoding;
    private InspectionReport? inspection;
    private IReadOnlyList<AuditRun> runs = [];

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
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ArtifactStore Store { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<Finding> Key =>
        [.. shown!.Document.Findings.Where(finding => finding.Gate is not null || KeyMetrics.Contains(finding.Metric))
            .OrderBy(finding => finding.Gate?.Verdict switch
            {
                GateVerdict.Breaches => 0,
                GateVerdict.Inconclusive => 1,
                GateVerdict.Meets => 2,
                _ => 3,
            })];

    private string CardTitle => shown?.Record switch
    {
        null => "Nothing is measured on this version yet",
        { } record when Gates(record) == 0 => "Measured; the policy sets no limit that applies",
        { Breaches: > 0 } record => $"{record.Breaches} of {Gates(record)} gates breached, {record.Inconclusive} inconclusive, {record.Meets} met",
        { Inconclusive: > 0 } record => $"No gate is breached; {record.Inconclusive} of {Gates(record)} cannot be decided at this sample size",
        { } record => $"All {Gates(record)} gates are met",
    };

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        shown = await Findings.ChooseAsync(found, null, document => document.Options.Kind is not (AuditKind.RedTeam or AuditKind.Equivalence), Http.RequestAborted);
        if (found.Version.Encoding is ArtifactDigest digest)
        {
            encoding = ModelEncoding.Read(await Store.ReadAsync(digest, Http.RequestAborted));
        }

        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        ModelVersionId id = found.Version.Id;
        if (await db.Inspections.AsNoTracking().FirstOrDefaultAsync(row => row.Version == id, Http.RequestAborted) is VersionInspection row)
        {
            inspection = JsonSerializer.Deserialize<InspectionReport>(await Store.ReadAsync(row.Report, Http.RequestAborted), ReportJson.Options);
        }

        runs = await db.Runs.AsNoTracking().Where(run => run.Version == id).OrderByDescending(run => run.RequestedAt).ToListAsync(Http.RequestAborted);
        view = found; // last: the form below starts from all of it
    }

    private static int Gates(EvidenceRecord record) => record.Breaches + record.Inconclusive + record.Meets;

    private static string Decision(ModelEncoding encoding)
    {
        string label = encoding.Label is not { Positive: { } positive } meaning ? "classes as the data set says"
            : meaning.Favourable is { } favourable ? $"positive class “{positive}”, favourable outcome “{favourable}”"
            : $"positive class “{positive}”, favourable outcome as the data set says";
        return encoding.GroupThresholds is { } groups ? $"{label}, thresholds by {string.Join(" and ", groups.Columns)}{(groups.Constraint is null ? "" : $" for {groups.Constraint}")}"
            : encoding.Threshold is double threshold ? $"{label}, threshold {PlainNumbers.Limit(threshold)}" : label;
    }
}
