using Governance.Audit.Candidates;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Candidates;

/// <summary>Reads the candidates of one or several models from their sealed evidence, as far as the person who looks sees them.</summary>
internal sealed class ReadCandidateBoard(
    IDbContextFactory<GovernanceDb> databases, ReadModels models, ReadVersion versions, ReadFindings findings, ReadRunRecords records,
    DeploymentQueries deployments, ReadServedLatency latency, TimeProvider clock)
{
    /// <summary>The most candidates of one board, the latest versions of each model first.</summary>
    public const int Most = 40;

    /// <summary>Reads the board.</summary>
    /// <param name="name">The model.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>The model's row and the board; null where the model does not exist or not for this person.</returns>
    public async Task<(ModelRow Model, CandidateBoard Board)?> OfAsync(string name, BoardQuery query, UserId viewer, CancellationToken cancellationToken)
    {
        (_, IReadOnlyList<ModelRow> all) = await models.ListAsync(viewer, cancellationToken);
        ModelRow? row = all.FirstOrDefault(model => model.Model.Name == name && !model.NameOnly);
        if (row is null)
        {
            return null;
        }

        ModelRow[] chosen = [row, .. all.Where(model => model != row && !model.NameOnly && (query.Models.Contains(model.Model.Name) || (query.SamePurpose && IsForSame(model, row))))];
        List<Read> read = [];
        foreach (ModelRow model in chosen)
        {
            foreach (VersionRow version in model.Versions.Where(version => version.Version.Stage is not (Stage.Retired or Stage.Rejected)))
            {
                if (read.Count < Most && await ReadAsync(model.Model.Name, version.Version.Number, viewer, cancellationToken) is Read one)
                {
                    read.Add(one);
                }
            }
        }

        (string Name, string Digest)[] sets =
        [
            .. read.SelectMany(one => one.Evidence.Select(sealedOne => sealedOne.Data).Distinct()).GroupBy(data => data)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Name, StringComparer.Ordinal).Select(group => group.Key),
        ];
        int asked = Math.Max(0, Array.FindIndex(sets, set => set.Name == query.Data));
        (string Name, string Digest)? data = sets.Length == 0 ? null : sets[asked];
        BoardRow[] rows = [.. await RowsAsync(read, data, viewer, cancellationToken)];
        return (row, CandidateBoard.Of(rows, data, [.. sets.Select(set => set.Name).Distinct(StringComparer.Ordinal)], query.On, query.Budget));
    }

    private static bool IsForSame(ModelRow one, ModelRow other) => string.Equals(one.Model.Purpose.Trim(), other.Model.Purpose.Trim(), StringComparison.OrdinalIgnoreCase);

    private async Task<Read?> ReadAsync(string model, int number, UserId viewer, CancellationToken cancellationToken)
    {
        if (await versions.FindAsync(model, number, viewer, cancellationToken) is not VersionView view)
        {
            return null;
        }

        List<(EvidenceRecord, FindingsDocument, (string, string))> evidence = [];
        List<TimedBattery> batteries = [];
        foreach (EvidenceRecord record in view.Evidence)
        {
            FindingsDocument document = await findings.ReadAsync(view, record, cancellationToken);
            if (document.Performance is not null && document.Data.FirstOrDefault(data => data.Role == "evaluation") is { } data)
            {
                evidence.Add((record, document, (data.Name, data.Digest)));
            }
            else if (document.Equivalence is { } report && (await records.OfAsync(record, cancellationToken))?.Speed is { Sizes: [var one, ..] })
            {
                batteries.Add(new TimedBattery($"{model}/{number}", report.A, record.SealedAt, one));
            }
        }

        return new Read(model, view.Version, evidence, batteries);
    }

    private async Task<IReadOnlyList<BoardRow>> RowsAsync(
        List<Read> read, (string Name, string Digest)? data, UserId viewer, CancellationToken cancellationToken)
    {
        Dictionary<ArtifactDigest, long> sizes;
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            ArtifactDigest[] files = [.. read.Select(one => one.Version.Artifact)];
            sizes = await db.Artifacts.AsNoTracking().Where(row => files.Contains(row.Digest)).ToDictionaryAsync(row => row.Digest, row => row.Length, cancellationToken);
        }

        TimedBattery[] batteries = [.. read.SelectMany(one => one.Batteries)];
        List<BoardRow> rows = [];
        foreach (Read one in read)
        {
            (EvidenceRecord Record, FindingsDocument Document, (string, string) Data)? used = one.Evidence
                .Where(sealedOne => sealedOne.Data == data).Select(sealedOne => ((EvidenceRecord, FindingsDocument, (string, string))?)sealedOne).FirstOrDefault();
            Dictionary<string, CandidateFigure> figures = used is null ? [] : new(BoardMetric.Of(used.Value.Document), StringComparer.Ordinal);
            if (sizes.TryGetValue(one.Version.Artifact, out long bytes))
            {
                figures[CandidateBudget.Size] = new CandidateFigure(bytes, null, Exact: true);
            }

            IReadOnlyList<DeploymentView> live = [.. (await deployments.VisibleToAsync(viewer, one.Version.Id, cancellationToken)).Where(view => view.End is null)];
            string name = $"{one.Model}/{one.Version.Number}";
            if (CandidateLatency.Of(name, batteries, await latency.OfAsync(live, cancellationToken)) is CandidateFigure measured)
            {
                figures[CandidateBudget.Latency] = measured;
            }

            rows.Add(new BoardRow(
                new Candidate(name, figures), one.Model, one.Version, used?.Record,
                live.Any(view => view.Deployment.Role == DeploymentRole.Champion && view.AnswersAt(clock.GetUtcNow()))));
        }

        return rows;
    }

    // A version with its evidence that measures performance, and its batteries, the latest first.
    private sealed record Read(
        string Model, ModelVersion Version, IReadOnlyList<(EvidenceRecord Record, FindingsDocument Document, (string Name, string Digest) Data)> Evidence,
        IReadOnlyList<TimedBattery> Batteries);
}
