using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Fairness;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Audit.Robustness;
using Governance.Audit.Slices;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>The parts of an audit that ask how far its figures carry: disturbed inputs, weak slices, and parts of the data.</summary>
internal sealed class StressVersion(AuditInputs inputs, AuditOptions options, PolicyPack policy, ScoredTable scored, Action<AuditWarning> warn)
{
    // Rows are dealt from a stream that nothing else has.
    private const long PartStream = -21;

    /// <summary>How the model answers when its inputs are disturbed.</summary>
    /// <exception cref="InputException">Options, rows and model do not fit each other.</exception>
    public RobustnessReport Robustness(RobustnessMeasures asked, OnnxPredictor predictor, RowEncoder encoder, CancellationToken cancellationToken)
    {
        Table table = inputs.Evaluation.Table;
        string? label = scored.Label is string known && table.Find(known) is not null ? known : null;
        table = label is null ? table : KnownLabels.Take(table, label, warn);
        table = table.Take(SampleRows.Draw([.. Enumerable.Range(0, table.Rows)], asked.Rows, options.Seed));
        return MeasureRobustness.Run(
            new RobustnessRequest
            {
                Predictor = predictor,
                Rule = new DecisionRule(predictor.Signature, encoder.Encoding, scored.Positive, options.Threshold),
                Encoder = encoder,
                Table = table,
                Label = label,
                Tokens = TokenInputs.Find(inputs.Model, predictor.Signature),
                Tests = asked.Tests ?? [],
                Immutable = asked.Immutable ?? [],
                Weights = scored.Weight is null ? null : Performance.NumberCells.ReadWeights(table, scored.Weight),
                Repeats = asked.Repeats,
                Level = policy.Level,
                Seed = options.Seed,
            },
            null, cancellationToken);
    }

    /// <summary>Parts of the data in which predictions are worse.</summary>
    /// <param name="asked">Where to search.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There is no label, there are too few rows, or a column cannot serve.</exception>
    public SlicesReport Slices(SliceMeasures asked, int threads, CancellationToken cancellationToken)
    {
        SliceMetric metric = asked.Metric ?? (scored.IsRegression ? SliceMetric.SquaredError : SliceMetric.ErrorRate);
        string? score = metric is SliceMetric.LogLoss or SliceMetric.SquaredError && !scored.IsRegression ? OneScore(metric) : null;
        (Table table, SliceRows rows) = ReadSliceRows.Of(
            scored.Table,
            new SliceColumns
            {
                Label = Label("the search for weak cohorts"),
                Prediction = score is null ? scored.Prediction : null,
                Score = score,
                Positive = scored.Positive,
                Weight = scored.Weight,
                Metric = metric,
            },
            warn);
        string[] used = [.. scored.Columns];
        return FindSlices.Run(
            table, rows with { Used = used },
            new SliceOptions
            {
                Columns = asked.Columns ?? [],
                Depth = asked.Depth,
                MinRows = asked.MinRows,
                Level = policy.Level,
                Alpha = policy.CorrectionOf("exploration")?.Alpha ?? 0.05,
                Seed = options.Seed,
                Threads = threads,
            },
            null, cancellationToken);
    }

    /// <summary>How figures differ between parts of the data.</summary>
    /// <param name="asked">Which parts.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There is no label or no such column, or there are fewer rows than parts.</exception>
    public FairnessReport Stability(StabilityMeasures asked, int threads, CancellationToken cancellationToken)
    {
        string label = Label("stability");
        Table table = scored.Table.Keep([.. scored.Columns.Concat(asked.By is string by ? [by] : []).Distinct(StringComparer.Ordinal)]);
        string column = asked.By ?? $"{asked.Parts} parts dealt at random";
        if (asked.By is null)
        {
            if (table.Rows < asked.Parts)
            {
                throw new InputException($"{table.Rows:N0} rows cannot be cut into {asked.Parts} parts.");
            }

            int[] strata = scored.IsRegression ? new int[table.Rows] : Levels.Of(table.Need(label)).Codes.ToArray();
            int[] parts = DealRows.Stratified(strata, asked.Parts, new SeededRandom(options.Seed, PartStream));
            table = table.With(new TextColumn(column, parts, [.. Enumerable.Range(1, asked.Parts).Select(part => $"part {part}")]));
        }

        return MeasureSlice.Fairness(scored with { Table = table }, column, options, policy, threads, warn, cancellationToken);
    }

    private string OneScore(SliceMetric metric) => scored.Scores.Count == 1
        ? scored.Scores[0]
        : throw new InputException($"{metric.Name()} needs the score of one positive class; this model gives {scored.Scores.Count} scores.");

    private string Label(string part) => scored.Label is string label && scored.Table.Find(label) is not null
        ? label
        : throw new InputException($"The data has no label column, which {part} needs.");
}
