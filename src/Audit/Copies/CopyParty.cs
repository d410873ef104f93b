using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Copies;

/// <summary>One model of a comparison: its graph, and how to ask it about readable rows.</summary>
internal sealed class CopyParty : IDisposable
{
    private readonly OnnxPredictor predictor;
    private readonly RowEncoder encoder;
    private readonly DecisionRule rule;

    private CopyParty(byte[] file, GraphProto graph, OnnxPredictor predictor, RowEncoder encoder, DecisionRule rule)
    {
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        Graph = graph;
        Family = ModelFamilies.Of(graph);
        this.predictor = predictor;
        this.encoder = encoder;
        this.rule = rule;
    }

    public string Sha256 { get; }

    public GraphProto Graph { get; }

    public ModelFamily Family { get; }

    /// <summary>The columns of the readable data that it reads.</summary>
    public IReadOnlyList<string> Columns => encoder.Columns;

    /// <summary>Its classes by readable name; null for a regression or where nobody names them.</summary>
    public IReadOnlyList<string>? Classes => rule.Classes;

    public bool IsRegression => rule.IsRegression;

    /// <summary>Loads a model.</summary>
    /// <param name="file">The ONNX file; nothing is written to disk.</param>
    /// <param name="encoding">Its own encoding; null where it has none.</param>
    /// <param name="model">The registered model's encoding, tried where there is no own one; null for none.</param>
    /// <param name="data">The readable data.</param>
    /// <param name="run">How it is run.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">It cannot be loaded, or nothing tells how it reads the data.</exception>
    public static CopyParty Load(
        byte[] file, ModelEncoding? encoding, ModelEncoding? model, Table data, PredictorOptions run,
        CancellationToken cancellationToken)
    {
        GraphProto graph = ModelFile.Parse(file).Graph;
        OnnxPredictor predictor = OnnxPredictor.Load(file, run, cancellationToken);
        try
        {
            (RowEncoder encoder, ModelEncoding? used) = Fit(predictor.Signature, encoding, model, data);

            // Thresholds by group are a step behind the model: what is compared is the model.
            return new CopyParty(file, graph, predictor, encoder, new DecisionRule(predictor.Signature, used is null ? null : used with { GroupThresholds = null }));
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    /// <summary>The rows as the model reads them.</summary>
    public InputBatch Encode(Table rows) => encoder.Encode(rows);

    /// <summary>What it says of rows.</summary>
    /// <exception cref="InputException">It refused them.</exception>
    public ScoreTable Score(Table rows, CancellationToken cancellationToken) =>
        ScoreTable.Of(rule.Decide(predictor.Predict(Encode(rows), cancellationToken)), rule.Classes);

    public void Dispose() => predictor.Dispose();

    // A copy was given other names more often than another way to read the data: its own encoding, else the model's,
    // else the model's with the inputs renamed in their order, else the columns as they are.
    private static (RowEncoder, ModelEncoding?) Fit(ModelSignature signature, ModelEncoding? own, ModelEncoding? model, Table data)
    {
        if (own is not null)
        {
            return (new RowEncoder(signature, own), own);
        }

        InputException? first = null;
        foreach (ModelEncoding? encoding in (ModelEncoding?[])[model, model is null ? null : Renamed(signature, model)])
        {
            try
            {
                if (encoding is not null)
                {
                    return (new RowEncoder(signature, encoding), Known(signature, encoding));
                }
            }
            catch (InputException fault)
            {
                first ??= fault;
            }
        }

        try
        {
            return (RowEncoder.For(signature, null, data, model is null ? null : Needed(model, data)), null);
        }
        catch (InputException fault)
        {
            throw first ?? fault;
        }
    }

    private static List<string>? Needed(ModelEncoding model, Table data)
    {
        List<string> columns = [.. model.Inputs.SelectMany(input => input.Features).Select(feature => feature.Column).Distinct()];
        return columns.All(column => data.Find(column) is not null) ? columns : null;
    }

    // The outputs of the registered model say nothing of another graph's, unless they bear the same names; the classes'
    // names do, as far as their number fits.
    private static ModelEncoding Known(ModelSignature signature, ModelEncoding encoding)
    {
        EncodedOutput[] known = [.. encoding.Outputs.Where(output => signature.Outputs.Any(spec => spec.Name == output.Name))];
        return encoding with { Outputs = known, Threshold = null, GroupThresholds = null, Label = known.Any(output => output.Classes is not null) ? encoding.Label : null };
    }

    private static ModelEncoding? Renamed(ModelSignature signature, ModelEncoding model)
    {
        if (signature.Inputs.Count != model.Inputs.Count)
        {
            return null;
        }

        // One input of a column each may come in another order: the same name wins, then the next free one.
        List<EncodedInput> free = [.. model.Inputs];
        List<EncodedInput> inputs = [];
        foreach (InputSpec spec in signature.Inputs)
        {
            EncodedInput? match = free.FirstOrDefault(input => input.Name == spec.Name)
                ?? free.FirstOrDefault(input => spec.Width < 0 || input.Features.Count == spec.Width);
            if (match is null)
            {
                return null;
            }

            free.Remove(match);
            inputs.Add(match with { Name = spec.Name, Shape = null });
        }

        return model with { Inputs = inputs };
    }
}
