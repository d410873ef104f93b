using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants;

/// <summary>Counts the bytes of weights, in files as they are.</summary>
internal static class CountWeights
{
    /// <summary>Sums up what a recipe did.</summary>
    /// <param name="given">The parent; its constants are initializers.</param>
    /// <param name="givenBytes">The parent's file.</param>
    /// <param name="edit">The variant, finished.</param>
    /// <param name="file">The variant's file.</param>
    public static VariantSummary Of(ModelProto given, long givenBytes, GraphEdit edit, byte[] file)
    {
        Dictionary<string, TensorProto> now = edit.Graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        TensorProto[] large = [.. given.Graph.Initializer.Where(tensor => IsFloat(tensor) && tensor.Dims.Count >= 2 && Elements(tensor) >= VariantSummary.LargeMatrix)];
        return new VariantSummary
        {
            Weights = new BytePair(All(given.Graph), All(edit.Graph)),
            LargeMatrices = new BytePair(
                large.Sum(Bytes), large.SelectMany(tensor => edit.StoredAs(tensor.Name).Append(tensor.Name)).Distinct().Sum(name => now.TryGetValue(name, out TensorProto? kept) ? Bytes(kept) : 0)),
            File = new BytePair(givenBytes, file.LongLength),
            Touched = edit.Touched,
            LeftAlone = edit.LeftAlone,
            ZeroShare = Zeros(edit.Graph),
        };
    }

    /// <summary>Sums up a model that another one stands in for.</summary>
    /// <param name="given">The parent.</param>
    /// <param name="givenBytes">Its file.</param>
    /// <param name="now">The other model.</param>
    /// <param name="file">Its file.</param>
    /// <param name="what">What became of each node of the parent.</param>
    public static VariantSummary Replaced(ModelProto given, long givenBytes, ModelProto now, byte[] file, string what)
    {
        static long Large(GraphProto graph) =>
            graph.Initializer.Where(tensor => IsFloat(tensor) && tensor.Dims.Count >= 2 && Elements(tensor) >= VariantSummary.LargeMatrix).Sum(Bytes);
        return new VariantSummary
        {
            Weights = new BytePair(All(given.Graph), All(now.Graph)),
            LargeMatrices = new BytePair(Large(given.Graph), Large(now.Graph)),
            File = new BytePair(givenBytes, file.LongLength),
            Touched = [.. given.Graph.Node.Select(node => new TouchedNode(GraphEdit.NameOf(node), node.OpType, what))],
            LeftAlone = [],
            ZeroShare = Zeros(now.Graph),
        };
    }

    /// <summary>The bytes of a tensor's numbers, however the file writes them.</summary>
    public static long Bytes(TensorProto tensor) => Elements(tensor) * Width((DataType)tensor.DataType);

    private static long All(GraphProto graph) =>
        graph.Initializer.Sum(Bytes) + graph.Node.SelectMany(node => node.Attribute).Sum(attribute => (attribute.Floats.Count * 4L) + (attribute.Ints.Count * 8L) + (attribute.T is null ? 0 : Bytes(attribute.T)));

    private static double Zeros(GraphProto graph)
    {
        double[][] matrices = [.. graph.Initializer.Where(tensor => IsFloat(tensor) && tensor.Dims.Count >= 2).Select(tensor => GraphIndex.Numbers(tensor) ?? [])];
        long all = matrices.Sum(matrix => (long)matrix.Length);
        return all == 0 ? 0 : (double)matrices.Sum(matrix => matrix.Count(value => value == 0)) / all;
    }

    private static bool IsFloat(TensorProto tensor) => (DataType)tensor.DataType is DataType.Float or DataType.Double;

    private static long Elements(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, size) => product * size);

    private static int Width(DataType type) => type switch
    {
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 8,
        DataType.Complex128 => 16,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.String => 0,
        _ => 1,
    };
}
