using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Computes an audit in deterministic mode: the same inputs give the same document, for any number of threads.</summary>
/// <remarks>
/// Fixed batches, one thread a session, reductions in a fixed order. Stores nothing and asks no registry, so that the
/// command line and a worker can run it alike.
/// </remarks>
public sealed class ComputeFindings(AuditInputs inputs, AuditOptions options, PolicyPack policy, TimeProvider time)
{
    /// <summary>Rows in one call of the model.</summary>
    public const int BatchRows = 256;

    // A batch takes milliseconds; one that takes this long does not end.
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(5);

    private readonly StageClock clock = new(time);
    private readonly List<AuditWarning> warnings = [];
    private long modelRows;

    /// <summary>Seconds by stage, after <see cref="Run"/>.</summary>
    public IReadOnlyDictionary<string, double> Seconds => clock.Seconds;

    /// <summary>Rows that the model scored, after <see cref="Run"/>.</summary>
    public long ModelRows => modelRows;

    /// <summary>Runs the audit.</summary>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="progress">Told of stages and rows done; called from several threads, one at a time.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">Model, encoding, data and options do not fit each other.</exception>
    public FindingsDocument Run(int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        int units = 3 + options.Explanation.Rows;
        progress.Report("Loading the model", 0, units);
        ModelEncoding? encoding = inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding);
        PredictorOptions run = new() { Provider = "cpu", Threads = threads, BatchRows = BatchRows, RunLimit = BatchLimit };
        using OnnxPredictor predictor = clock.Measure("load", () => OnnxPredictor.Load(inputs.Model, run, cancellationToken));
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, inputs.Evaluation.Table);

        progress.Report("Predicting", 1, units);
        ScoredTable scored = clock.Measure("predict", () =>
            ScoredTable.Make(predictor, encoder, encoding, inputs.Evaluation, options, cancellationToken));
        modelRows += scored.Table.Rows;

        PerformanceReport? performance = null;
        FairnessReport? fairness = null;
        if (options.Kind == AuditKind.Audit)
        {
            progress.Report("Measuring performance and fairness", 2, units);
            performance = clock.Measure("performance", () => scored.Performance(policy, warnings.Add, cancellationToken));
            fairness = clock.Measure("fairness", () => scored.Fairness(options.Protected, policy, warnings.Add, cancellationToken));
        }

        ExplanationReport? explanation = options.Explanation.Rows == 0 ? null : clock.Measure("explanation", () =>
            Explain(predictor, encoder, encoding, run, scored, progress, units, cancellationToken));
        IReadOnlyList<FeatureImportance>? importance = explanation is null ? null : GlobalImportance.Of(
            explanation, 0, GlobalImportance.DefaultResamples, policy.Level, options.Seed);
        return Document(scored, performance, fairness, explanation, importance);
    }

    private ExplanationReport Explain(
        OnnxPredictor predictor, RowEncoder encoder, ModelEncoding? encoding, PredictorOptions run, ScoredTable scored,
        IRunProgress progress, int units, CancellationToken cancellationToken)
    {
        progress.Report("Explaining rows", 3, units);
        using PreparedExplanation prepared = PreparedExplanation.Make(
            inputs, options, predictor, encoder, encoding, run, scored, cancellationToken);
        ExplanationReport report = ExplainRows.Run(
            prepared.Request, new RowProgress(progress, options.Explanation.Rows, units), time, cancellationToken);
        warnings.AddRange(prepared.Scorer.Warnings);
        warnings.AddRange(report.Notes);
        modelRows += report.ModelRows;
        return report with { Seconds = null, Notes = [] };
    }

    private FindingsDocument Document(
        ScoredTable scored, PerformanceReport? performance, FairnessReport? fairness, ExplanationReport? explanation,
        IReadOnlyList<FeatureImportance>? importance)
    {
        List<Finding> findings = [];
        findings.AddRange(performance is null ? [] : PerformanceFindings.From(performance, policy));
        findings.AddRange(fairness is null ? [] : FairnessFindings.From(fairness, policy));
        findings.AddRange(explanation is null || options.Kind == AuditKind.Explanation ? [] : ExplanationFindings.From(explanation, importance!));
        return new FindingsDocument
        {
            Engine = new EngineIdentity(Engine.Name, Engine.OnnxRuntime, "cpu", BatchRows),
            Subject = inputs.Subject,
            Data =
            [
                new AuditData("evaluation", inputs.Evaluation.Name, inputs.Evaluation.Digest, inputs.Evaluation.Table.Rows),
                new AuditData(
                    "background", inputs.Background.Name, inputs.Background.Digest,
                    Math.Min(options.BackgroundRows, inputs.Background.Table.Rows)),
            ],
            Options = options with
            {
                Label = scored.Label,
                Positive = scored.Positive,
                Favourable = scored.Favourable,
                Threshold = scored.Threshold,
            },
            Policy = new PolicyReference(policy.Name, policy.Number),
            Findings = findings,
            Warnings = warnings,
            Performance = performance,
            Fairness = fairness,
            Explanation = explanation,
            Importance = importance,
        };
    }

    // Explaining reports a share of rows; a run reports units of work.
    private sealed class RowProgress(IRunProgress progress, int rows, int units) : IProgress<double>
    {
        private readonly Lock gate = new();

        public void Report(double value)
        {
            lock (gate)
            {
                progress.Report("Explaining rows", 3 + (long)Math.Round(value * rows), units);
            }
        }
    }
}
