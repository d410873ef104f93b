using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Profiles;

/// <summary>A version's model in memory with the data that its evidence was measured on, for one computation of a page.</summary>
internal sealed class LoadedVersion : IDisposable
{
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(2);

    private LoadedVersion(AuditInputs inputs, AuditOptions options, OnnxPredictor predictor, RowEncoder encoder)
    {
        Inputs = inputs;
        Options = options;
        Predictor = predictor;
        Encoder = encoder;
    }

    /// <summary>The model's bytes and the tables.</summary>
    public AuditInputs Inputs { get; }

    /// <summary>What the evidence was asked for.</summary>
    public AuditOptions Options { get; }

    /// <summary>The model.</summary>
    public OnnxPredictor Predictor { get; }

    /// <summary>Turns readable rows into its inputs.</summary>
    public RowEncoder Encoder { get; }

    /// <summary>The column with what was true; null where nobody says.</summary>
    public string? Label => Options.Label ?? Encoder.Encoding.Label?.Column ?? Inputs.Evaluation.Label;

    /// <summary>How outputs become decisions, as in the evidence.</summary>
    public DecisionRule Rule => new(
        Predictor.Signature, Encoder.Encoding, Options.Positive ?? Encoder.Encoding.Label?.Positive ?? Inputs.Evaluation.Positive, Options.Threshold);

    /// <summary>Loads.</summary>
    /// <exception cref="InputException">Model, encoding and data no longer fit each other.</exception>
    public static LoadedVersion Of(AuditInputs inputs, AuditOptions options, CancellationToken cancellationToken)
    {
        ModelEncoding? encoding = inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding);
        OnnxPredictor predictor = OnnxPredictor.Load(
            inputs.Model, new PredictorOptions { Provider = "cpu", BatchRows = ComputeFindings.BatchRows, RunLimit = BatchLimit }, cancellationToken);
        try
        {
            return new LoadedVersion(inputs, options, predictor, RowEncoder.For(predictor.Signature, encoding, inputs.Evaluation.Table));
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    /// <summary>A scorer of the positive class, or of all classes where there is none.</summary>
    public ModelScorer Scorer(string link, CancellationToken cancellationToken)
    {
        DecisionRule rule = Rule;
        int? positive = rule.Positive is null || rule.Classes is null ? null : rule.Classes.ToList().IndexOf(rule.Positive);
        return ModelScorer.Load(
            Predictor, Inputs.Model, new PredictorOptions { Provider = "cpu", BatchRows = ComputeFindings.BatchRows, RunLimit = BatchLimit },
            new ScorerOptions
            {
                ClassIndex = positive,
                Link = link == "logit" ? ScoreLink.Logit : ScoreLink.Identity,
                Classes = Encoder.Encoding.OrderedClasses,
                Roles = Encoder.Encoding.Outputs.ToDictionary(output => output.Name, output => output.Role),
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => Predictor.Dispose();
}
