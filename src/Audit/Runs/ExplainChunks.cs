using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Paths;
using Governance.Audit.Inference;

namespace Governance.Audit.Runs;

/// <summary>Explains the rows of an audit some at a time, so that a run that goes on loses little.</summary>
/// <remarks>
/// Each row draws from its own stream of the seed, so chunks change no value. The method is chosen with the first chunk
/// and kept. Rows that are compared with groups of their own data stay together, because the groups are made of them.
/// Where each row is explained for its predicted class, chunks keep the base values of all classes: only all rows
/// together tell whether they agree on one.
/// </remarks>
internal sealed class ExplainChunks(
    AuditInputs inputs, AuditOptions options, OnnxPredictor predictor, RowEncoder encoder, ModelEncoding? encoding, ScoredTable scored)
{
    /// <summary>Rows explained at a time.</summary>
    public const int Rows = 64;

    /// <summary>Explains.</summary>
    /// <param name="run">How the model runs.</param>
    /// <param name="shards">Keeps finished chunks.</param>
    /// <param name="progress">Told of rows.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <param name="spend">Told of the rows that the model scored, after each chunk.</param>
    /// <param name="time">A clock for methods that watch their time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ExplanationReport Run(
        PredictorOptions run, AuditShards shards, UnitProgress progress, Action<AuditWarning> warn, Action<long> spend, TimeProvider time,
        CancellationToken cancellationToken)
    {
        int[] rows = PickRows.Of(options.Explanation, scored, options.Seed);
        bool together = options.Explanation.Reference?.StartsWith("own", StringComparison.Ordinal) == true;
        List<ExplanationReport> reports = [];
        foreach (int[] chunk in together ? [rows] : rows.Chunk(Rows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string method = reports.Count == 0 ? options.Explanation.Method : reports[0].Method;
            Explained part = shards.Run($"explain {chunk[0]} to {chunk[^1]}", () => Explain(chunk, method, run, progress, time, cancellationToken));
            foreach (AuditWarning warning in part.Warnings)
            {
                warn(warning);
            }

            progress.Advance("Explaining rows", chunk.Length);
            spend(part.Report.ModelRows);
            reports.Add(part.Report);
        }

        ExplainedRow[] all = [.. reports.SelectMany(report => report.Rows)];
        ExplanationReport whole = reports[0] with
        {
            Rows = all,
            Evaluations = reports.Sum(report => report.Evaluations),
            ModelRows = reports.Sum(report => report.ModelRows),
            ModelCalls = reports.Sum(report => report.ModelCalls),
            Transport = Transport.Of(reports.Select(report => report.Transport), all.Length),
            Converged = reports.All(report => report.Converged),
            Completeness = Completeness.Of(reports.Select(report => report.Completeness)),
        };
        if (all.Any(row => row.ClassIndex is null))
        {
            return whole;
        }

        (IReadOnlyList<ExplainedRow> kept, IReadOnlyList<double> shown, int? classIndex, IReadOnlyList<string>? classes) =
            PredictedClass.Agree(all, whole.BaseValue, whole.Classes);
        return whole with { Rows = kept, BaseValue = shown, ClassIndex = classIndex, Classes = classes };
    }

    private Explained Explain(
        int[] chunk, string method, PredictorOptions run, UnitProgress progress, TimeProvider time, CancellationToken cancellationToken)
    {
        using PreparedExplanation prepared = PreparedExplanation.Make(
            inputs, options with { Explanation = options.Explanation with { RowNumbers = chunk, Method = method } }, predictor, encoder, encoding,
            run, scored, cancellationToken);
        bool own = prepared.Request.PredictedClassOnly;
        ExplanationReport report = ExplainRows.Run(
            prepared.Request with { PredictedClassOnly = false }, new Heartbeat(progress, chunk.Length), time, cancellationToken);
        report = own ? report with { Rows = PredictedClass.Own(report.Rows) } : report;
        return new Explained(report with { Seconds = null, Notes = [] }, [.. prepared.Scorer.Warnings, .. report.Notes]);
    }

    private sealed record Explained(ExplanationReport Report, IReadOnlyList<AuditWarning> Warnings);

    // Says that the run lives; rows count once their chunk is done.
    private sealed class Heartbeat(UnitProgress progress, int rows) : IProgress<double>
    {
        public void Report(double value) =>
            progress.Advance($"Explaining rows, {Math.Round(value * rows)} of {rows} in hand", 0);
    }
}
