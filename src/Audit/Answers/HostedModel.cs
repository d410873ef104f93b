using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Governance.Audit.Theft;
using Governance.Audit.Theft.Detection;
using Governance.Registry.Serving;

namespace Governance.Audit.Answers;

/// <summary>One version in memory, ready to answer. Safe from several threads.</summary>
/// <remarks>
/// A row's answer has the same bytes whatever rows came with it: rows share a run only in batches of sizes for which that was tried
/// when the version was loaded (<see cref="BatchForm"/>).
/// </remarks>
internal sealed class HostedModel : IDisposable
{
    /// <summary>The longest run while an explanation is computed.</summary>
    public static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(10);

    private const int SpreadRows = 2_000;

    private readonly Lazy<RowExplainer> explainer;
    private readonly Lazy<OtherRows?> others;

    private HostedModel(byte[] file, OnnxPredictor predictor, RowEncoder encoder, DecisionRule rule, ReferenceData? reference, ModelFacts facts)
    {
        Predictor = predictor;
        Encoder = encoder;
        Rule = rule;
        Reference = reference;
        Release = ReleaseClasses.Of(facts);
        Profile = RowProfile.Of(encoder, reference?.Data.Table);
        Columns = [.. encoder.Columns.Concat(rule.GroupThresholds?.Columns ?? []).Distinct(StringComparer.Ordinal)];
        Spread = rule.IsRegression && reference is not null ? SpreadOf(reference.Data.Table.Head(SpreadRows)) : null;
        Outputs = ServedOutput.Of(predictor.Signature, rule);
        explainer = new Lazy<RowExplainer>(() => new RowExplainer(this, file));
        others = new Lazy<OtherRows?>(() => Reference is null || Rule.IsRegression ? null : OtherRows.Of(this));
    }

    /// <summary>The model.</summary>
    public OnnxPredictor Predictor { get; }

    /// <summary>Turns readable rows into its inputs.</summary>
    public RowEncoder Encoder { get; }

    /// <summary>How outputs become decisions.</summary>
    public DecisionRule Rule { get; }

    /// <summary>The rows that say what is usual; null where there are none.</summary>
    public ReferenceData? Reference { get; }

    /// <summary>How little it takes to rebuild it.</summary>
    public ReleaseClass Release { get; }

    /// <summary>Elements of its inputs.</summary>
    public int Features => Encoder.Slots.Count;

    /// <summary>The columns that a row needs, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What it gives out, as tensors.</summary>
    public IReadOnlyList<ServedOutput> Outputs { get; }

    /// <summary>Which rows it may be asked about.</summary>
    public RowProfile Profile { get; }

    /// <summary>The spread of a regression's values on reference rows; null for others.</summary>
    public ValueSpread? Spread { get; }

    /// <summary>Loads a version.</summary>
    /// <exception cref="InputException">Model, encoding and reference data do not fit each other.</exception>
    public static HostedModel Load(
        byte[] file, byte[]? encoding, ReferenceData? reference, ServingSettings settings, CancellationToken cancellationToken)
    {
        OnnxPredictor predictor = OnnxPredictor.Load(
            file, new PredictorOptions { Provider = settings.Provider, RunLimit = settings.Limit }, cancellationToken);
        try
        {
            RowEncoder encoder = EncoderOf(predictor.Signature, encoding, reference);
            string? positive = encoder.Encoding.Label?.Positive is null ? reference?.Dataset.Positive : null;
            DecisionRule rule = new(predictor.Signature, encoder.Encoding);
            if (positive is not null && rule.Classes is { Count: 2 } classes && classes.Contains(positive))
            {
                rule = new DecisionRule(predictor.Signature, encoder.Encoding, positive);
            }

            ModelFacts facts = ReadModelFacts.Of(new ModelGraph(file), predictor.Signature.Inputs, rule.ScoreOutput);
            return new HostedModel(file, predictor, encoder, rule, reference, facts);
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    /// <summary>Puts its rows together; null for a version that is looked into and not served. Set once, before it answers.</summary>
    public RowBatcher? Batcher { get; set; }

    /// <summary>What honest traffic looks like; null where that is not known. Set once, before it answers.</summary>
    public WatchCalibration? Calibration { get; set; }

    /// <summary>Rows with their places among the reference rows; null for each where there are none.</summary>
    public PlacedRow?[] Place(InputBatch batch) =>
    [
        .. Enumerable.Range(0, batch.Rows).Select(row => Calibration is not WatchCalibration calibration ? null
            : EncodedRow.Of(batch, row) is { } values && values.Length == calibration.Width ? calibration.Place(values) : null),
    ];

    /// <summary>A row as watches see it; null where it has no place.</summary>
    /// <param name="placed">Its place.</param>
    /// <param name="score">What detectors look at of its answer.</param>
    public WatchedRow? Look(PlacedRow? placed, double score) => placed?.Look(WatchMargin.Of(score, Rule));

    /// <summary>What the model says of one row, run by itself.</summary>
    /// <param name="row">One row as people read it.</param>
    /// <param name="batch">The same as the model reads it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ComputedRow Predict(Table row, InputBatch batch, CancellationToken cancellationToken) => Decide(
        Batcher is { Form.Least: > 1 and int least }
            ? Predictor.PredictAtOnce(InputBatch.Gather([(batch, 0)], least), cancellationToken).Row(0)
            : Predictor.Predict(batch, cancellationToken),
        row, batch);

    /// <summary>What its outputs for one row mean.</summary>
    /// <param name="prediction">The outputs.</param>
    /// <param name="row">The row as people read it.</param>
    /// <param name="batch">The same as the model reads it.</param>
    public ComputedRow Decide(Prediction prediction, Table row, InputBatch batch)
    {
        Decisions decisions = Rule.Decide(prediction, row, batch);
        double score = decisions.Scores?[0] ?? (decisions.Probabilities is { Length: > 1 } all ? Gap(all) : double.NaN);
        return new ComputedRow(
            new RowPrediction(decisions.Predicted?[0], decisions.Probabilities is null ? null : Rule.Classes, decisions.Probabilities, decisions.Values?[0]),
            score, null, null, null, null);
    }

    /// <summary>The attributions of one row.</summary>
    /// <param name="batch">The row as the model reads it.</param>
    /// <param name="seed">Follows from the row alone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The model cannot be explained.</exception>
    public (IReadOnlyList<string> Features, IReadOnlyList<double> Values, double BaseValue) Explain(
        InputBatch batch, int seed, CancellationToken cancellationToken) => explainer.Value.Run(batch, seed, cancellationToken);

    /// <summary>Rows that are answered otherwise; null for a regression and without reference rows.</summary>
    public OtherRows? Others => others.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (explainer.IsValueCreated)
        {
            explainer.Value.Dispose();
        }

        Predictor.Dispose();
    }

    private static double Gap(double[] probabilities)
    {
        double[] largest = [.. probabilities.OrderDescending().Take(2)];
        return largest[0] - largest[1];
    }

    private static RowEncoder EncoderOf(ModelSignature signature, byte[]? encoding, ReferenceData? reference)
    {
        if (encoding is not null)
        {
            return new RowEncoder(signature, ModelEncoding.Read(encoding));
        }

        return reference is null
            ? throw new InputException("The version has no encoding and was never audited, so nobody knows the columns of its rows.")
            : RowEncoder.For(signature, null, reference.Data.Table.Keep(reference.Dataset.Columns
                .Where(column => column.Role is Registry.Datasets.ColumnRole.Feature or Registry.Datasets.ColumnRole.Protected)
                .Select(column => column.Name)));
    }

    private ValueSpread SpreadOf(Table rows)
    {
        double[] values = [.. Rule.Decide(Predictor.Predict(Encoder.Encode(rows), CancellationToken.None)).Values!.Where(double.IsFinite).Order()];
        return values.Length == 0 ? default : new ValueSpread(values[(values.Length - 1) * 5 / 100], values[(values.Length - 1) * 95 / 100]);
    }
}
