using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Policies;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.SignOffs;

/// <summary>The cases of a version as one person may see them.</summary>
/// <param name="Data">The data set that they are rows of.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cases">The chosen ones.</param>
/// <param name="Rows">Their readable rows, masked as the person's rights say.</param>
/// <param name="Columns">The columns that the model reads.</param>
internal sealed record CaseSheet(ArtifactDigest Data, string Name, IReadOnlyList<ChosenCase> Cases, RowView Rows, IReadOnlyList<string> Columns);

/// <summary>Chooses the cases of a version, reads their rows as far as rights show them, and writes down that someone looked.</summary>
internal sealed class ReadCases(
    IDbContextFactory<GovernanceDb> databases, ReadFindings findings, LoadAuditInputs inputs, ComputeTurn turn, RecordRowReads reads,
    PolicyQueries policies, TimeProvider clock)
{
    private const int Most = 100;

    // The same version, evidence and number give the same cases: choosing again would run the model on all rows again.
    private static readonly ConcurrentDictionary<(string Version, string Evidence, int Count), (IReadOnlyList<ChosenCase> Cases, IReadOnlyList<string> Columns)> Chosen = new();

    /// <summary>The sheet; null where no audit is sealed or the person's role sees no rows.</summary>
    /// <param name="view">The version.</param>
    /// <param name="count">How many cases.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InputException">The data are gone, or model and data no longer fit each other.</exception>
    public async Task<CaseSheet?> FindAsync(VersionView view, int count, CancellationToken cancellationToken)
    {
        if (await AuditAsync(view, cancellationToken) is not SealedFindings audit)
        {
            return null;
        }

        AuditOptions options = audit.Document.Options;
        (IReadOnlyList<ChosenCase> Cases, IReadOnlyList<string> Columns) chosen = await ChosenAsync(view, audit, count, cancellationToken);
        AuditTable data = await inputs.TableAsync(options.Evaluation, cancellationToken);
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        ArtifactDigest digest = new(data.Digest);
        Dataset dataset = await db.Datasets.AsNoTracking().FirstAsync(row => row.Name == data.Name, cancellationToken);
        RowMask mask = RowMask.Of(view.PersonalRows, await MarkedColumns.OfAsync(db, dataset, cancellationToken));
        await reads.RunAsync(
            view.Person.Id,
            new RowLook(view.Version.Id, dataset.Id, digest, [.. chosen.Cases.Select(each => each.Case.Row)], ReadPurpose.Page, ReadKind.Prediction, mask.Unmasked),
            cancellationToken);
        return new CaseSheet(digest, data.Name, chosen.Cases, new RowView(data.Table, mask), chosen.Columns);
    }

    /// <summary>Why a row is among the cases that the sign-off asks for; null where it is not.</summary>
    /// <param name="view">The version.</param>
    /// <param name="data">The data set that the row is of.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InputException">The data are gone, or model and data no longer fit each other.</exception>
    public async Task<string?> StratumAsync(VersionView view, ArtifactDigest data, int row, CancellationToken cancellationToken)
    {
        if (await AuditAsync(view, cancellationToken) is not SealedFindings audit || audit.Document.Data.All(one => one.Role != "evaluation" || one.Digest != data.Hex))
        {
            return null;
        }

        PolicyPack pack = await policies.InForceAsync(view.Version.Id, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellationToken);
        (IReadOnlyList<ChosenCase> cases, _) = await ChosenAsync(view, audit, StratifiedCases.CountOf(pack), cancellationToken);
        return cases.FirstOrDefault(each => each.Case.Row == row)?.Stratum;
    }

    private async Task<SealedFindings?> AuditAsync(VersionView view, CancellationToken cancellationToken) => !view.Viewer.SeeRows ? null
        : await findings.ChooseAsync(view, null, document => document.Options.Kind == AuditKind.Audit, cancellationToken);

    private async Task<(IReadOnlyList<ChosenCase> Cases, IReadOnlyList<string> Columns)> ChosenAsync(
        VersionView view, SealedFindings audit, int count, CancellationToken cancellationToken)
    {
        (string, string, int) key = (view.Version.Digest.Hex, audit.Record.Findings.Hex, count);
        if (!Chosen.TryGetValue(key, out (IReadOnlyList<ChosenCase> Cases, IReadOnlyList<string> Columns) chosen))
        {
            AuditInputs loaded = await inputs.RunAsync(view.Version.Id, audit.Document.Options, cancellationToken);
            chosen = await turn.RunAsync(() => Choose(view, loaded, audit.Document.Options, count, cancellationToken), cancellationToken);
            if (Chosen.Count >= Most)
            {
                Chosen.Clear();
            }

            Chosen[key] = chosen;
        }

        return chosen;
    }

    private static (IReadOnlyList<ChosenCase>, IReadOnlyList<string>) Choose(
        VersionView view, AuditInputs inputs, AuditOptions options, int count, CancellationToken cancellationToken)
    {
        using LoadedVersion version = LoadedVersion.Of(inputs, options, cancellationToken);
        Table table = inputs.Evaluation.Table;
        DecisionRule rule = version.Rule;
        Column? truth = version.Label is string label ? table.Find(label) : null;
        List<ScoredRow> rows = [];
        for (int start = 0; start < table.Rows; start += ComputeFindings.BatchRows)
        {
            Table part = table.Take([.. Enumerable.Range(start, Math.Min(ComputeFindings.BatchRows, table.Rows - start))]);
            InputBatch batch = version.Encoder.Encode(part);
            Decisions decided = rule.Decide(version.Predictor.Predict(batch, cancellationToken), part, batch);
            for (int at = 0; at < part.Rows; at++)
            {
                int row = start + at;
                rows.Add(new ScoredRow(
                    row,
                    decided.Predicted?[at] ?? decided.Values![at].ToString("G7", System.Globalization.CultureInfo.InvariantCulture),
                    rule.IsRegression || truth is null || truth.IsMissing(row) ? null : truth.Text(row),
                    decided.Scores is { } scores ? Math.Abs(scores[at] - (rule.Threshold ?? 0.5)) : null));
            }
        }

        // Values of a regression are no kinds of decisions: the halves are.
        if (rule.IsRegression)
        {
            double[] sorted = [.. rows.Select(ValueOf).Order()];
            double middle = sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
            rows = [.. rows.Select(row => row with { Decision = ValueOf(row) >= middle ? "a high value" : "a low value" })];
        }

        return (StratifiedCases.Of(rows, count, view.Version.Digest), [.. version.Encoder.Columns]);
    }

    private static double ValueOf(ScoredRow row) => double.Parse(row.Decision, System.Globalization.CultureInfo.InvariantCulture);
}
