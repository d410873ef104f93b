using System.Text.Json;
using Governance.Audit.Runs;
using Governance.Audit.Serving;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Monitors;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Gathers what the product measured or recorded of a version beside its findings.</summary>
internal sealed class ReadChecklistMeasures(
    ReadFindings findings, ArtifactStore store, ServingMeters meters, DeploymentQueries deployments, MonitorPlanQueries plans,
    ReadServedLatency latency, ReadCandidates candidates, ReadVariantProofs variants, RescoreServed rescore)
{
    private const int MostLogged = 1_000;
    private const int UsualLogged = 100;

    /// <summary>The measures of a version, for someone who may see it.</summary>
    /// <param name="view">The version.</param>
    /// <param name="logged">How many logged answers the policy wants scored again; null for the usual number.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ChecklistMeasures> OfAsync(VersionView view, double? logged, CancellationToken cancellationToken)
    {
        DeploymentView[] live = [.. (await deployments.VisibleToAsync(view.Person.Id, view.Version.Id, cancellationToken)).Where(each => each.End is null)];
        List<WatchedDeployment> watched = [];
        foreach (DeploymentView each in live)
        {
            MonitorPlan? plan = await plans.InForceAsync(each.Deployment.Id, cancellationToken);
            watched.Add(new WatchedDeployment(each.Deployment.Environment, each.Deployment.Role.ToString().ToLowerInvariant(), plan?.Name));
        }

        SealedFindings? audit = await findings.ChooseAsync(view, null, document => document.Options.Kind == AuditKind.Audit, cancellationToken);
        SealedFindings? explained = await findings.ChooseAsync(view, null, document => document.Explanation is { Rows.Count: > 0 }, cancellationToken);
        return new ChecklistMeasures
        {
            PredictsNumbers = audit?.Document.Performance?.Task == "regression",
            Bulk = audit is null ? null : await BulkAsync(audit, cancellationToken),
            Served = await latency.OfAsync(live, cancellationToken) ?? (meters.Find(view.Version.Id) is { Total.Count: > 0 } meter
                ? new ServedLatency(meter.Total.Count, meter.Total.Quantile(0.5) / 1000, meter.Total.Quantile(0.95) / 1000, "since the portal started")
                : null),
            Rescored = await RescoredAsync(view, cancellationToken),
            Logged = await rescore.OfAsync(view.Version.Id, (int)Math.Clamp(logged ?? UsualLogged, 1, MostLogged), cancellationToken),
            Deployments = watched,
            Variants = await variants.OfAsync(view, cancellationToken),
            Candidates = audit is null ? [] : await candidates.OfAsync(view, audit.Document, cancellationToken),
            Reasons = explained is null ? null : ReasonCodes.Count(explained.Document),
        };
    }

    // A run that took up what an earlier attempt had scored tells of that part of its time alone: it says nothing.
    private async Task<BulkScoring?> BulkAsync(SealedFindings audit, CancellationToken cancellationToken)
    {
        RunRecord? run = JsonSerializer.Deserialize<RunRecord>(await store.ReadAsync(audit.Record.RunRecord, cancellationToken), ReportJson.Options);
        long rows = audit.Document.Data.FirstOrDefault(data => data.Role == "evaluation")?.Rows ?? 0;
        return run is { PartsFromBefore: 0 } && rows > 0 && run.Seconds.GetValueOrDefault("predict") is > 0 and double seconds
            ? new BulkScoring(rows, seconds, run.Machine, run.Threads)
            : null;
    }

    private async Task<IReadOnlyList<RescoredRun>> RescoredAsync(VersionView view, CancellationToken cancellationToken)
    {
        Dictionary<string, EvidenceRecord> counting = view.Evidence.Concat(view.Explanations).GroupBy(record => record.Findings.Hex)
            .ToDictionary(group => group.Key, group => group.First());
        List<RescoredRun> found = [];
        foreach (EvidenceRecord record in view.Reproductions)
        {
            FindingsDocument document = await findings.ReadAsync(record, cancellationToken);
            if (document.Reproduction is { } report && counting.TryGetValue(report.SealedDigest, out EvidenceRecord? original))
            {
                found.Add(new RescoredRun(
                    original.Title, document.Data.Where(data => data.Role == "evaluation").Sum(data => data.Rows),
                    report.BitEqual, report.Count, report.Largest, record.SealedAt));
                break; // the latest counts; a page does not read all of them
            }
        }

        return found;
    }
}
