using Governance.Audit.Inference;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>Goes over every tensor and number list of a model: refuses those that do not fit, counts the rest.</summary>
internal sealed class WeightCensus
{
    private readonly ReadOnlyMemory<byte> file;
    private readonly ModelLimits limits;
    private readonly List<string> broken = [];

    /// <summary>Counts the weights of a model.</summary>
    /// <exception cref="Data.InputException">A tensor lies outside the file or does not fit its dimensions.</exception>
    public WeightCensus(ScannedModel model, ReadOnlyMemory<byte> file, ModelLimits limits)
    {
        this.file = file;
        this.limits = limits;
        Count(model.Graph!);
        model.Functions.ForEach(function => function.Nodes.ForEach(Count));
    }

    /// <summary>Elements of initializers and of the number lists that tree and linear operators carry.</summary>
    public long Parameters { get; private set; }

    /// <summary>Whether the weights are numbers, as a check.</summary>
    public ModelCheck Check => broken.Count == 0
        ? new ModelCheck("weights-finite", true, "All weights are finite numbers, or infinite only where they mask.")
        : new ModelCheck("weights-finite", false,
            $"NaN or infinite numbers among the weights of {string.Join(", ", broken.Take(3))}{(broken.Count > 3 ? $" and {broken.Count - 3:N0} more" : "")}.");

    private void Count(ScannedGraph graph)
    {
        foreach (ScannedTensor tensor in graph.Initializers)
        {
            Count(tensor, tensor.Name);
            Parameters += (long)tensor.Elements;
        }

        foreach (ScannedSparse sparse in graph.SparseInitializers)
        {
            Count(sparse);
            Parameters += (long)sparse.Values.Elements;
        }

        graph.Nodes.ForEach(Count);
    }

    private void Count(ScannedNode node)
    {
        foreach (ScannedAttribute attribute in node.Attributes)
        {
            Parameters += attribute.Floats.Count;
            Note(attribute.Floats, $"{node.Op}.{attribute.Name}");
            if (attribute.Tensor is not null)
            {
                Count(attribute.Tensor, node.Outputs.FirstOrDefault() ?? node.Op);
            }

            attribute.Tensors.ForEach(tensor => Count(tensor, node.Op));
            attribute.Sparse.ForEach(Count);
            attribute.Graphs.ForEach(Count);
        }
    }

    private void Count(ScannedSparse sparse)
    {
        TensorRule.Check(sparse, limits);
        Count(sparse.Values, sparse.Values.Name);
    }

    private void Count(ScannedTensor tensor, string name)
    {
        TensorRule.Check(tensor);
        Note(tensor.Floats, name);
        Note(tensor.Doubles, name);
        if (tensor.Raw is not { Length: > 0 } raw)
        {
            return;
        }

        ReadOnlySpan<byte> bytes = file.Span.Slice(raw.Start, raw.Length);
        FloatCensus census = new();
        switch (tensor.Type)
        {
            case ElementType.Float:
                census.AddFloats(bytes);
                break;
            case ElementType.Double:
                census.AddDoubles(bytes);
                break;
            case ElementType.Half or ElementType.BrainHalf:
                census.AddHalves(bytes, tensor.Type == ElementType.BrainHalf);
                break;
            default:
                break;
        }

        Note(census, name);
    }

    // One number alone is a constant that a graph compares with or fills in; zeros, ones and infinities are a mask.
    private void Note(FloatCensus census, string name)
    {
        if (census.Count > 1 && (census.NaNs > 0 || (census.Infinities > 0 && census.HasOrdinary)))
        {
            broken.Add(Quoted.Of(name));
        }
    }
}
