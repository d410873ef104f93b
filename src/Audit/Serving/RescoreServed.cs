using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Serving;

/// <summary>Logged answers of a version, scored again.</summary>
/// <param name="Rows">How many were sampled, at least 1.</param>
/// <param name="OtherDecisions">Rows whose decision is now another.</param>
/// <param name="LargestDifference">Of a score or a value; 0 where all are the same to the last bit.</param>
/// <param name="From">The earliest of them, UTC.</param>
/// <param name="To">The latest of them, UTC.</param>
public sealed record RescoredAnswers(int Rows, int OtherDecisions, double LargestDifference, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Scores a sample of what our own serving answered and logged again, from the version's files alone: whether the log tells
/// enough to repeat a past decision. What outside servers send is theirs, and is not repeated here.
/// </summary>
/// <remarks>A result is remembered for an hour, since a page asks at each look.</remarks>
public sealed class RescoreServed(ReadTraffic traffic, LoadAuditInputs loader, IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    private const int Days = 30;
    private const int Seed = 20_240_613;

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(ModelVersionId Version, int Sample), (DateTimeOffset At, RescoredAnswers? Found)> remembered = new();

    /// <summary>Scores again; null where nothing that was answered in 30 days is logged.</summary>
    /// <param name="version">The version that answered.</param>
    /// <param name="sample">How many answers, at least 1; fewer where there are fewer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RescoredAnswers?> OfAsync(ModelVersionId version, int sample, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (remembered.TryGetValue((version, sample), out (DateTimeOffset At, RescoredAnswers? Found) known) && now - known.At < MaxAge && now >= known.At)
        {
            return known.Found;
        }

        RescoredAnswers? found = null;
        foreach (DeploymentId deployment in await DeploymentsAsync(version, cancellationToken))
        {
            TrafficWindow window = await traffic.WindowAsync(deployment, now.AddDays(-Days), now.AddMinutes(1), null, cancellationToken);
            int[] rows = [.. Enumerable.Range(0, window.Rows).Where(row => IsLogged(window, row))];
            if (rows.Length > 0 && window.Columns is not null)
            {
                (_, byte[] model, byte[]? encoding) = await loader.ModelAsync(version, cancellationToken);
                int[] drawn = SampleRows.Draw(rows, sample, Seed);
                found = await Task.Run(() => TryCompare(window, drawn, model, encoding, cancellationToken), cancellationToken);
                break;
            }
        }

        remembered[(version, sample)] = (now, found);
        return found;
    }

    private async Task<IReadOnlyList<DeploymentId>> DeploymentsAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Deployment> all = await db.Deployments.AsNoTracking().Where(row => row.Version == version).ToListAsync(cancellationToken);
        return [.. all.Where(row => row.Role.Answers()).OrderByDescending(row => row.DeployedAt).Select(row => row.Id)];
    }

    private static bool IsLogged(TrafficWindow window, int row) =>
        window.Decisions?.IsMissing(row) == false || window.Scores.Any(score => !double.IsNaN(score.Values[row]));

    // Rows that were sent to the deployment's store by somebody else may have cells that the version does not take.
    private static RescoredAnswers? TryCompare(TrafficWindow window, int[] rows, byte[] model, byte[]? encoding, CancellationToken cancellationToken)
    {
        try
        {
            return Compare(window, rows, model, encoding, cancellationToken);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static RescoredAnswers Compare(TrafficWindow window, int[] rows, byte[] model, byte[]? encodingBytes, CancellationToken cancellationToken)
    {
        ModelEncoding? encoding = encodingBytes is null ? null : ModelEncoding.Read(encodingBytes);
        using OnnxPredictor predictor = OnnxPredictor.Load(
            model, new PredictorOptions { Provider = "cpu", BatchRows = ComputeFindings.BatchRows, RunLimit = RunLimit }, cancellationToken);
        Table table = window.Columns!.Take(rows);
        InputBatch batch = RowEncoder.For(predictor.Signature, encoding, table).Encode(table);
        DecisionRule rule = new(predictor.Signature, encoding);
        Encodings.Decisions again = rule.Decide(predictor.Predict(batch, cancellationToken), table, batch);
        int other = 0;
        double largest = 0;
        for (int at = 0; at < rows.Length; at++)
        {
            string? logged = window.Decisions?.Text(rows[at]);
            other += logged is not null && again.Predicted is not null && logged != again.Predicted[at] ? 1 : 0;
            foreach (ScoreColumn score in window.Scores)
            {
                double was = score.Values[rows[at]];
                double now = ScoreOf(again, rule, score.Class, at);
                largest = double.IsNaN(was) ? largest : Math.Max(largest, double.IsNaN(now) ? double.PositiveInfinity : Math.Abs(was - now));
            }
        }

        return new RescoredAnswers(rows.Length, other, largest, window.Times[rows[0]], window.Times[rows[^1]]);
    }

    private static double ScoreOf(Encodings.Decisions again, DecisionRule rule, string @class, int row)
    {
        if (again.Values is double[] values)
        {
            return values[row];
        }

        int index = rule.Classes?.ToList().IndexOf(@class) ?? -1;
        return again.Probabilities is double[] probabilities && index >= 0 ? probabilities[(row * rule.Classes!.Count) + index] : double.NaN;
    }
}
