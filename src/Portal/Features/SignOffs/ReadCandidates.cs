using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Reads the versions of a model that were audited on the same data: candidates of the trade between fairness and performance.</summary>
internal sealed class ReadCandidates(IDbContextFactory<GovernanceDb> databases, ReadFindings findings)
{
    // The latest ones: an older version than that is no alternative any more, and each is a document to read.
    private const int Most = 8;

    // Higher is better in each; the first that both versions have is compared.
    private static readonly string[] Scores = ["accuracy", "balanced_accuracy", "roc_auc", "macro_f1"];

    /// <summary>This version first, then the others that the person may see and that have the same measures; none where this one lacks them.</summary>
    public async Task<IReadOnlyList<FrontierCandidate>> OfAsync(VersionView view, FindingsDocument own, CancellationToken cancellationToken)
    {
        string? metric = Scores.FirstOrDefault(each => ScoreOf(own, each) is not null);
        if (metric is null || PointOf(view.Name, own, own, metric) is not FrontierCandidate first)
        {
            return [];
        }

        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        (ModelId model, ModelVersionId id) = (view.Model.Id, view.Version.Id);
        Holdings? holdings = await Holdings.LoadAsync(db, view.Person.Id, cancellationToken);
        ModelVersion[] others = [.. (await db.Versions.AsNoTracking().Where(row => row.Model == model && row.Id != id)
                .OrderByDescending(row => row.Number).ToListAsync(cancellationToken))
            .Where(row => holdings?.VisibilityOf(view.Model, row.Stage) == ModelVisibility.Full).Take(Most)];
        List<FrontierCandidate> found = [first];
        foreach (ModelVersion other in others)
        {
            ModelVersionId otherId = other.Id;
            EvidenceRecord[] evidence = await db.Evidence.AsNoTracking().Where(row => row.Version == otherId).Where(EvidenceRecord.Deciding)
                .OrderByDescending(row => row.SealedAt).ToArrayAsync(cancellationToken);
            if (await FirstAsync($"{view.Model.Name} v{other.Number}", evidence, own, metric, cancellationToken) is FrontierCandidate candidate)
            {
                found.Add(candidate);
            }
        }

        return found;
    }

    private async Task<FrontierCandidate?> FirstAsync(
        string label, IEnumerable<EvidenceRecord> evidence, FindingsDocument own, string metric, CancellationToken cancellationToken)
    {
        foreach (EvidenceRecord record in evidence)
        {
            try
            {
                if (PointOf(label, await findings.ReadAsync(record, cancellationToken), own, metric) is FrontierCandidate candidate)
                {
                    return candidate;
                }
            }
            catch (ArtifactDamagedException)
            {
                // Another version's damage is told on its own pages; it keeps nobody from signing this one.
            }
        }

        return null;
    }

    /// <summary>A document as a point; null where it was measured on other data or other columns, or lacks a measure. Pure.</summary>
    internal static FrontierCandidate? PointOf(string label, FindingsDocument document, FindingsDocument own, string metric)
    {
        double[] disparities = [.. document.Findings
            .Where(finding => finding is { Family: "fairness", Metric: "demographic_parity_difference", Cohort: null }).Select(finding => finding.Value ?? double.NaN)];
        return document.Options.Kind == AuditKind.Audit && DataOf(document) is string data && data == DataOf(own)
            && document.Options.Protected.ToHashSet().SetEquals(own.Options.Protected)
            && ScoreOf(document, metric) is double score && disparities.Length > 0 && !disparities.Any(double.IsNaN)
            ? new FrontierCandidate(label, score, disparities.Max())
            : null;
    }

    private static string? DataOf(FindingsDocument document) => document.Data.FirstOrDefault(data => data.Role == "evaluation")?.Digest;

    private static double? ScoreOf(FindingsDocument document, string metric) =>
        document.Findings.FirstOrDefault(finding => finding is { Family: "performance", Slice: null, Cohort: null } && finding.Metric == metric)?.Value;
}
