using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Runs;

namespace Governance.Audit.Cases;

/// <summary>Explains one row now, with the method, samples, link, seed and background of sealed evidence.</summary>
/// <remarks>
/// A row's sampling is seeded by its number and batches are as in audits, so that the same row of sealed evidence gets the
/// values that were sealed. What is computed here is no evidence.
/// </remarks>
public static class ExplainCase
{
    // Background rows that are looked through for approved ones; more would not change what is typical of them.
    private const int MostSearched = 10_000;

    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(2);

    /// <summary>Explains it.</summary>
    /// <param name="inputs">The version and its data.</param>
    /// <param name="options">What the evidence was asked for.</param>
    /// <param name="scored">The evaluation rows with what the model said of them.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="reference">What it is compared with.</param>
    /// <param name="explained">The class explained, by name; null for the evidence's own choice.</param>
    /// <param name="time">The clock of <see cref="ExplanationReport.Seconds"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There is no such row, class or group, or nobody says which outcome is favourable.</exception>
    public static ExplanationReport Run(
        AuditInputs inputs, AuditOptions options, ScoredTable scored, int row, CaseReference reference, string? explained, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(reference);
        ModelEncoding? encoding = inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding);
        PredictorOptions run = new()
        {
            Provider = "cpu", Threads = Environment.ProcessorCount, BatchRows = ComputeFindings.BatchRows, RunLimit = BatchLimit,
        };
        using OnnxPredictor predictor = OnnxPredictor.Load(inputs.Model, run, cancellationToken);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, inputs.Evaluation.Table);
        AuditInputs narrowed = reference.Kind == CaseReferenceKind.Approved
            ? inputs with { Background = Approved(inputs.Background, predictor, encoder, encoding, options, scored, cancellationToken) }
            : inputs;
        ExplanationOptions asked = options.Explanation with
        {
            RowNumbers = [row],
            Where = null,
            Interactions = false,
            Class = explained ?? options.Explanation.Class,
            Reference = reference.Kind == CaseReferenceKind.OwnGroup ? $"own:{reference.Column}" : options.Explanation.Reference,
        };
        using PreparedExplanation prepared = PreparedExplanation.Make(
            narrowed, options with { Explanation = asked }, predictor, encoder, encoding, run, scored, cancellationToken);
        return ExplainRows.Run(prepared.Request, null, time, cancellationToken);
    }

    private static AuditTable Approved(
        AuditTable background, OnnxPredictor predictor, RowEncoder encoder, ModelEncoding? encoding, AuditOptions options, ScoredTable scored,
        CancellationToken cancellationToken)
    {
        if (scored.Favourable is not string favourable)
        {
            throw new InputException("Nobody says which outcome a person wants, so there are no approved cases to compare with. Name it in the encoding or in the audit.");
        }

        Table table = background.Table.Head(MostSearched);
        DecisionRule rule = new(predictor.Signature, encoding, scored.Positive ?? options.Positive, options.Threshold);
        List<int> approved = [];
        for (int start = 0; start < table.Rows && approved.Count < options.BackgroundRows; start += ComputeFindings.BatchRows)
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(ComputeFindings.BatchRows, table.Rows - start))];
            Table part = table.Take(rows);
            InputBatch batch = encoder.Encode(part);
            string[] predicted = rule.Decide(predictor.Predict(batch, cancellationToken), part, batch).Predicted ?? [];
            approved.AddRange(rows.Where((_, at) => at < predicted.Length && predicted[at] == favourable));
        }

        return approved.Count > 0
            ? background with { Table = table.Take([.. approved]) }
            : throw new InputException($"The model decides none of the reference rows as '{favourable}', so there are no approved cases to compare with.");
    }
}
