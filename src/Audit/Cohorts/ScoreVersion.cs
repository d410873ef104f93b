using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Runs;

namespace Governance.Audit.Cohorts;

/// <summary>Scores the rows that evidence was measured on once more, for the pages that ask for parts of them.</summary>
public static class ScoreVersion
{
    // A batch takes milliseconds; one that takes this long does not end.
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(2);

    /// <summary>Scores, in the batches of an audit, so that the same decisions come out.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="encoding">The encoding as JSON, or null to take columns as they are.</param>
    /// <param name="evaluation">The rows; of an audit with a condition of its own only those that fulfil it are taken.</param>
    /// <param name="options">What the evidence was asked for: label, classes, threshold.</param>
    /// <param name="progress">Takes the share done, in [0, 1].</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Model, encoding and data no longer fit each other.</exception>
    public static ScoredTable Run(
        byte[] model, byte[]? encoding, AuditTable evaluation, AuditOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(options);
        AuditTable rows = options.Measures?.Where is string where ? evaluation with { Table = Cohort.Parse(where).Take(evaluation.Table) } : evaluation;
        ModelEncoding? read = encoding is null ? null : ModelEncoding.Read(encoding);
        PredictorOptions run = new() { Provider = "cpu", BatchRows = ComputeFindings.BatchRows, RunLimit = BatchLimit };
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, cancellationToken);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, read, rows.Table);
        int done = 0;
        int blocks = Math.Max(1, ScoreBlocks.CountOf(rows.Table));
        return ScoredTable.Make(
            predictor, encoder, read, rows, options, new AuditShards(null), () => progress?.Report((double)++done / blocks), cancellationToken);
    }
}
