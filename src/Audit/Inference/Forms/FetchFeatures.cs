using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Gets the values of a graph that forms and trees read: from the inputs themselves, else by running the part of the graph before them.</summary>
internal sealed class FetchFeatures : IDisposable
{
    private readonly OnnxPredictor? predictor;
    private readonly HashSet<string> direct;
    private readonly HashSet<string> exactInFloat;

    private FetchFeatures(OnnxPredictor? predictor, HashSet<string> direct, HashSet<string> exactInFloat)
    {
        this.predictor = predictor;
        this.direct = direct;
        this.exactInFloat = exactInFloat;
    }

    /// <summary>Calls of the runtime that a batch of rows takes: 0 or 1.</summary>
    public int Calls => predictor is null ? 0 : 1;

    /// <summary>Prepares the reading of some values.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="names">The values to read, names of numeric inputs among them.</param>
    /// <param name="tested">Those of them that ensembles test: whole numbers are then compared in float, as the runtime does.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">The runtime refused the part of the graph.</exception>
    public static FetchFeatures Prepare(
        ModelProto model, IReadOnlyCollection<string> names, IReadOnlyCollection<string> tested, CancellationToken cancellationToken)
    {
        HashSet<string> inputs = [.. model.Graph.Input.Select(input => input.Name)];
        HashSet<string> direct = [.. names.Where(inputs.Contains)];
        string[] computed = [.. names.Where(name => !direct.Contains(name)).Order(StringComparer.Ordinal)];
        OnnxPredictor? predictor = computed.Length == 0
            ? null
            : OnnxPredictor.Load(Part(model, computed), new PredictorOptions { Provider = "cpu" }, cancellationToken);
        return new FetchFeatures(predictor, direct, [.. tested]);
    }

    /// <summary>Reads the values for rows.</summary>
    /// <exception cref="InputException">The runtime refused the rows.</exception>
    public FeatureTable Read(InputBatch batch, CancellationToken cancellationToken)
    {
        Dictionary<string, (double[], int)> tensors = new(StringComparer.Ordinal);
        foreach (InputTensor tensor in batch.Tensors.Where(tensor => direct.Contains(tensor.Name)))
        {
            tensors[tensor.Name] = (Numbers(tensor), tensor.Width);
        }

        if (predictor is not null)
        {
            foreach (OutputValues values in predictor.Predict(batch, cancellationToken).Outputs)
            {
                tensors[values.Name] = (values.Numbers ?? throw new InputException($"The value '{values.Name}' of the model is text."), values.Width);
            }
        }

        return new FeatureTable(batch.Rows, tensors);
    }

    /// <inheritdoc />
    public void Dispose() => predictor?.Dispose();

    private double[] Numbers(InputTensor tensor)
    {
        double[] numbers = new double[tensor.Values.Length];
        bool rounded = exactInFloat.Contains(tensor.Name);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = tensor.Values switch
            {
                float[] values => values[i],
                double[] values => values[i],
                long[] values => rounded ? (float)values[i] : values[i],
                int[] values => rounded ? (float)values[i] : values[i],
                bool[] values => values[i] ? 1 : 0,
                _ => throw new InputException($"The input '{tensor.Name}' is text."),
            };
        }

        return numbers;
    }

    // All inputs stay, so that a batch of the model fits; nodes and weights that are not needed go.
    private static byte[] Part(ModelProto model, string[] outputs)
    {
        List<NodeProto> nodes = ReadForms.Needed(model.Graph, outputs);
        HashSet<string> read = [.. nodes.SelectMany(node => node.Input)];
        bool nested = nodes.Any(node => node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0));
        GraphProto graph = new() { Name = model.Graph.Name };
        graph.Input.AddRange(model.Graph.Input);
        graph.Node.AddRange(nested ? model.Graph.Node : nodes);
        graph.Initializer.AddRange(model.Graph.Initializer.Where(tensor => nested || read.Contains(tensor.Name)));
        graph.SparseInitializer.AddRange(model.Graph.SparseInitializer);
        graph.Output.AddRange(outputs.Select(name => new ValueInfoProto { Name = name }));
        ModelProto part = new() { IrVersion = model.IrVersion, ProducerName = model.ProducerName, Graph = graph };
        part.OpsetImport.AddRange(model.OpsetImport);
        part.Functions.AddRange(model.Functions);
        return part.ToByteArray();
    }
}
