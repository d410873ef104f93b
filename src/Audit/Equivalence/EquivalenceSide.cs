using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>One of the two versions of the battery, loaded, with what it said of the rows.</summary>
internal sealed class EquivalenceSide : IDisposable
{
    private readonly AuditInputs inputs;
    private readonly AuditOptions options;
    private readonly PredictorOptions run;
    private readonly ModelEncoding? encoding;

    private EquivalenceSide(AuditInputs inputs, AuditOptions options, PredictorOptions run, ModelEncoding? encoding, OnnxPredictor predictor, RowEncoder encoder, ScoredTable scored)
    {
        (this.inputs, this.options, this.run, this.encoding) = (inputs, options, run, encoding);
        (Predictor, Encoder, Scored) = (predictor, encoder, scored);
    }

    /// <summary>The model.</summary>
    public OnnxPredictor Predictor { get; }

    /// <summary>Turns the rows into its inputs.</summary>
    public RowEncoder Encoder { get; }

    /// <summary>The rows with what it said.</summary>
    public ScoredTable Scored { get; }

    /// <summary>Loads a version and lets it say what it says of the rows.</summary>
    /// <exception cref="InputException">Model, encoding and data do not fit each other.</exception>
    public static EquivalenceSide Load(AuditInputs inputs, AuditOptions options, PredictorOptions run, CancellationToken cancellationToken)
    {
        ModelEncoding? encoding = inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding);
        OnnxPredictor predictor = OnnxPredictor.Load(inputs.Model, run, cancellationToken);
        try
        {
            string?[] left = [options.Label ?? inputs.Evaluation.Label, .. options.Protected];
            string[] features = [.. inputs.Evaluation.Table.Columns.Select(column => column.Name).Where(name => !left.Contains(name))];
            RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, inputs.Evaluation.Table, encoding is null ? features : null);
            ScoredTable scored = ScoredTable.Make(predictor, encoder, encoding, inputs.Evaluation, options, new AuditShards(null), () => { }, cancellationToken);
            return new EquivalenceSide(inputs, options, run, encoding, predictor, encoder, scored);
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    /// <summary>Explains rows.</summary>
    /// <param name="method">The method, or auto.</param>
    /// <param name="progress">Told of rows.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <param name="spend">Told of the rows that the model scored.</param>
    /// <param name="time">A clock for methods that watch their time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ExplanationReport Explain(
        string method, IRunProgress progress, Action<AuditWarning> warn, Action<long> spend, TimeProvider time, CancellationToken cancellationToken)
    {
        AuditOptions asked = options with { Explanation = options.Explanation with { Method = method } };
        return new ExplainChunks(inputs, asked, Predictor, Encoder, encoding, Scored).Run(
            run, new AuditShards(null), new UnitProgress(progress, 1, 0), warn, spend, time, cancellationToken);
    }

    /// <summary>What its robustness is measured with.</summary>
    /// <param name="rows">Rows with a label.</param>
    /// <param name="label">The label's column.</param>
    /// <param name="positive">The positive class; null where none is singled out.</param>
    /// <param name="pack">The level.</param>
    public RobustnessRequest Disturbed(Table rows, string label, string? positive, PolicyPack pack) => new()
    {
        Predictor = Predictor,
        Rule = new DecisionRule(Predictor.Signature, Encoder.Encoding, positive, options.Threshold),
        Encoder = Encoder,
        Table = rows,
        Label = label,
        Tokens = TokenInputs.Find(inputs.Model, Predictor.Signature),
        Level = pack.Level,
        Seed = options.Seed,
    };

    /// <inheritdoc/>
    public void Dispose() => Predictor.Dispose();
}
