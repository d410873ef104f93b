using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Encodings;
using Governance.Audit.Ensembles;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Audit.Inference;
using Governance.Audit.Robustness;
using Governance.Audit.Theft.Attacks;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Computes an audit in deterministic mode: the same inputs give the same document, for any number of threads.</summary>
/// <remarks>
/// Fixed batches, one thread a session, reductions in a fixed order. Asks no registry, so that the command line and a
/// worker can run it alike. The work is cut into parts (blocks of rows, families of metrics by slice and attribute, chunks
/// of explained rows); with <see cref="Shards"/> a run that died goes on after the parts that it had finished.
/// </remarks>
public sealed class ComputeFindings(AuditInputs inputs, AuditOptions options, PolicyPack policy, TimeProvider time)
{
    /// <summary>Rows in one call of the model.</summary>
    public const int BatchRows = 256;

    // A batch takes milliseconds; one that takes this long does not end.
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(5);

    private readonly StageClock clock = new(time);
    private readonly List<AuditWarning> warnings = [];
    private readonly PolicyPack rules = SpecPolicy.Of(options, policy);
    private long modelRows;

    /// <summary>Where finished parts are kept; null keeps none.</summary>
    public IShardStore? Shards { get; init; }

    /// <summary>Where the model runs: cpu or cuda.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Which device the model ran on and how far it is from the CPU, after <see cref="Run"/>; empty on the CPU. No part of the evidence, because a driver may change it.</summary>
    public IReadOnlyList<AuditWarning> Device { get; private set; } = [];

    /// <summary>Seconds by stage, after <see cref="Run"/>.</summary>
    public IReadOnlyDictionary<string, double> Seconds => clock.Seconds;

    /// <summary>Rows that the model scored, after <see cref="Run"/>.</summary>
    public long ModelRows => modelRows;

    /// <summary>Parts that the run was cut into, and how many of them were there from before, after <see cref="Run"/>.</summary>
    public (int All, int Reused) Parts { get; private set; }

    /// <summary>Runs the audit.</summary>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="progress">Told of stages and work done; called from several threads, one at a time.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">Model, encoding, data and options do not fit each other, or the budget is spent.</exception>
    public FindingsDocument Run(int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.Measures?.Budget?.Seconds is double seconds)
        {
            limited.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        try
        {
            return Compute(threads, progress, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limited.IsCancellationRequested)
        {
            throw new InputException($"The audit passed its budget of {options.Measures!.Budget!.Seconds} seconds.");
        }
    }

    private FindingsDocument Compute(int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        progress.Report("Loading the model", 0, 1);
        AuditShards shards = new(Shards);
        AuditTable evaluation = Evaluation();
        ModelEncoding? encoding = inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding);
        PredictorOptions run = new() { Provider = Provider, Threads = threads, BatchRows = BatchRows, DeviceRows = BatchRows, RunLimit = BatchLimit };
        using OnnxPredictor predictor = clock.Measure("load", () => OnnxPredictor.Load(inputs.Model, run, cancellationToken));
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, evaluation.Table);

        Spend(evaluation.Table.Rows);
        UnitProgress scoring = new(progress, 2L * ScoreBlocks.CountOf(evaluation.Table), 0);
        scoring.Advance("Predicting", 0);
        ScoredTable scored = clock.Measure("predict", () => ScoredTable.Make(
            predictor, encoder, encoding, evaluation, options, shards, () => scoring.Advance("Predicting", 1), cancellationToken));

        Device = [.. predictor.Warnings.Where(warning => warning.Code == DeviceProof.Code)];
        if (encoding?.GroupThresholds is GroupThresholds groups)
        {
            warnings.Add(groups.Note);
        }

        MeasureSlices? slices = options.Kind is AuditKind.Explanation or AuditKind.RedTeam or AuditKind.Drift ? null : new MeasureSlices(scored, options, rules, shards);
        long units = 1L + (slices?.Parts ?? 0) + options.Explanation.Rows + (options.Measures?.RedTeam is null ? 0 : AttackVersion.Units);
        UnitProgress rest = new(progress, 2 * units, units);
        IReadOnlyList<SliceReport> measured = slices is null ? [] : clock.Measure("measure", () =>
        {
            (IReadOnlyList<SliceReport> reports, IReadOnlyList<AuditWarning> own) = slices.Run(threads, rest, cancellationToken);
            warnings.AddRange(own);
            return reports;
        });
        CollectFindings.Check(measured, options.Measures, rules);
        DriftReport? drift = options.Measures?.Drift is null ? null : clock.Measure("drift", () => shards.Run("drift", () => Drift(threads, evaluation, cancellationToken)));
        ExplanationReport? explanation = options.Explanation.Rows == 0 ? null : clock.Measure("explanation", () =>
            new ExplainChunks(inputs with { Evaluation = evaluation }, options, predictor, encoder, encoding, scored).Run(
                run, shards, rest, warnings.Add, Spend, time, cancellationToken));
        RedTeamReport? theft = options.Measures?.RedTeam is not RedTeamMeasures attacks ? null : clock.Measure("theft", () => shards.Run("theft", () =>
            new AttackVersion(inputs with { Evaluation = evaluation }, options, rules.Level).Run(predictor, encoder, attacks, run, rest, time, cancellationToken)));
        StressReport? stress = options.Measures is { } asked && (asked.Robustness ?? asked.Slices ?? (object?)asked.Stability) is not null
            ? clock.Measure("stress", () => Stress(asked, evaluation, predictor, encoder, scored, shards, threads, rest, cancellationToken))
            : null;
        IReadOnlyList<FeatureImportance>? importance = explanation is null ? null : GlobalImportance.Of(
            explanation, 0, GlobalImportance.DefaultResamples, rules.Level, options.Seed);
        Parts = (shards.Computed + shards.Reused, shards.Reused);
        rest.Advance("Writing findings", 1);
        DisagreementReport? disagreement = slices is null ? null
            : clock.Measure("disagreement", () => MeasureEnsemble.Of(predictor, encoder, scored, rules.Level, cancellationToken));
        return Document(evaluation, scored, predictor.Provider, measured, drift, theft, stress, explanation, importance) with { Disagreement = disagreement };
    }

    private AuditTable Evaluation() => options.Measures?.Where is string where
        ? inputs.Evaluation with { Table = Cohort.Parse(where).Take(inputs.Evaluation.Table) }
        : inputs.Evaluation;

    private DriftReport Drift(int threads, AuditTable evaluation, CancellationToken cancellationToken) => CompareTables.Run(
        inputs.Reference?.Table ?? throw new InputException("Drift needs reference data."), (inputs.Current ?? evaluation).Table,
        options.Measures!.Drift! with { Histograms = true }, threads, cancellationToken);

    private StressReport Stress(
        AuditMeasures asked, AuditTable evaluation, OnnxPredictor predictor, RowEncoder encoder, ScoredTable scored, AuditShards shards,
        int threads, UnitProgress progress, CancellationToken cancellationToken)
    {
        StressVersion stress = new(inputs with { Evaluation = evaluation }, options, rules, scored, warnings.Add);
        progress.Advance("Disturbing inputs", 0);
        RobustnessReport? robustness = asked.Robustness is null ? null
            : shards.Run("robustness", () => stress.Robustness(asked.Robustness, predictor, encoder, cancellationToken));
        Spend(robustness?.ModelRows ?? 0);
        progress.Advance("Searching weak slices", 0);
        return new StressReport(
            robustness,
            asked.Slices is null ? null : shards.Run("slices", () => stress.Slices(asked.Slices, threads, cancellationToken)),
            asked.Stability is null ? null : shards.Run("stability", () => stress.Stability(asked.Stability, threads, cancellationToken)));
    }

    private void Spend(long rows)
    {
        modelRows += rows;
        if (options.Measures?.Budget?.ModelRows is long most && modelRows > most)
        {
            throw new InputException($"The audit needs more than its budget of {most:N0} model rows.");
        }
    }

    private FindingsDocument Document(
        AuditTable evaluation, ScoredTable scored, string provider, IReadOnlyList<SliceReport> slices, DriftReport? drift,
        RedTeamReport? theft, StressReport? stress, ExplanationReport? explanation, IReadOnlyList<FeatureImportance>? importance)
    {
        IReadOnlyList<Finding> findings = options.Kind is AuditKind.Explanation or AuditKind.Drift ? [] : CollectFindings.Of(
            slices, drift, explanation, importance, theft, stress, options.Measures, rules);
        return new FindingsDocument
        {
            Engine = new EngineIdentity(Engine.Name, Engine.OnnxRuntime, provider, BatchRows),
            Subject = inputs.Subject,
            Data = [.. Data(evaluation)],
            Options = options with
            {
                Label = scored.Label,
                Positive = scored.Positive,
                Favourable = scored.Favourable,
                Threshold = scored.Threshold,
            },
            Policy = new PolicyReference(policy.Name, policy.Number),
            Findings = findings,
            Warnings = [.. warnings.Distinct()],
            Performance = slices.Count == 0 ? null : slices[0].Performance,
            PerformanceBy = slices.Count == 0 ? null : slices[0].PerformanceBy,
            Fairness = slices.Count == 0 ? null : slices[0].Fairness,
            Cohorts = slices.Count < 2 ? null : [.. slices.Skip(1)],
            Drift = drift,
            Theft = theft,
            Stress = stress,
            Explanation = explanation,
            Importance = importance,
        };
    }

    private IEnumerable<AuditData> Data(AuditTable evaluation)
    {
        yield return new AuditData("evaluation", evaluation.Name, evaluation.Digest, evaluation.Table.Rows);
        if (options.Measures is null || options.Explanation.Rows > 0 || options.Measures.RedTeam is not null)
        {
            yield return new AuditData(
                "background", inputs.Background.Name, inputs.Background.Digest,
                options.Measures?.RedTeam is null ? Math.Min(options.BackgroundRows, inputs.Background.Table.Rows) : inputs.Background.Table.Rows);
        }

        foreach ((string role, AuditTable? data) in ((string, AuditTable?)[])[("reference", inputs.Reference), ("current", inputs.Current)])
        {
            if (data is not null)
            {
                yield return new AuditData(role, data.Name, data.Digest, data.Table.Rows);
            }
        }
    }
}
