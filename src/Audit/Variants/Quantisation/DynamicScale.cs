using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Quantisation;

/// <summary>A value of the graph as bytes.</summary>
/// <param name="Bytes">Unsigned.</param>
/// <param name="ZeroPoint">The byte that stands for 0.</param>
/// <param name="Scale">Multiplied by the product's weights' scale it gives the product's; broadcast against the result.</param>
/// <param name="Divisor">What the scale is still to be divided by: 1, or the number of levels.</param>
internal sealed record QuantisedValue(string Bytes, string ZeroPoint, string Scale, float Divisor);

/// <summary>Quantises values while the model runs, each once however many read it.</summary>
/// <param name="edit">The model.</param>
/// <param name="kind">Over what a range is measured.</param>
internal sealed class DynamicScale(GraphEdit edit, ActivationScale kind)
{
    private const float Levels = 127;

    private readonly Dictionary<(string, int), QuantisedValue> made = [];
    private string? middle;

    /// <summary>The byte 128, which stands for 0 in weights, and in values with a scale a row.</summary>
    public string Middle => middle ??= edit.Add("int8_middle", DataType.Uint8, [QuantisedWeights.Zero]);

    /// <summary>Quantises a value.</summary>
    /// <param name="value">Its name.</param>
    /// <param name="rank">0 for products of matrices, whose rows are the last axis; else the number of axes of a picture, whose first counts the rows.</param>
    public QuantisedValue Of(string value, int rank)
    {
        if (!made.TryGetValue((value, rank), out QuantisedValue? known))
        {
            known = kind == ActivationScale.Row ? ByRow(value, rank) : ByTensor(value);
            made.Add((value, rank), known);
        }

        return known;
    }

    private QuantisedValue ByTensor(string value)
    {
        string bytes = edit.Fresh($"{value}_int8");
        string scale = edit.Fresh($"{value}_scale");
        string zero = edit.Fresh($"{value}_zero");
        edit.NodeAs("DynamicQuantizeLinear", "", [value], [bytes, scale, zero]);
        return new QuantisedValue(bytes, zero, scale, 1);
    }

    // A row of zeros has no range; any will do for it.
    private QuantisedValue ByRow(string value, int rank)
    {
        string size = edit.Node("Abs", [value], $"{value}_size");
        string most = edit.Node("Max", [Largest(size, rank), Constant("int8_least", 1e-30f)], $"{value}_most");
        string spread = edit.Node("Mul", [value, edit.Node("Div", [Constant("int8_levels", Levels), most], $"{value}_stretch")], $"{value}_spread");
        string level = edit.Node("Add", [edit.Node("Round", [spread], $"{value}_level"), Constant("int8_offset", QuantisedWeights.Zero)], $"{value}_offset");
        string bytes = edit.Node("Cast", [level], $"{value}_int8", GraphBuilder.Attribute("to", (long)DataType.Uint8));
        return new QuantisedValue(bytes, Middle, most, Levels);
    }

    private string Largest(string size, int rank)
    {
        long[] axes = rank == 0 ? [-1] : [.. Enumerable.Range(1, rank - 1).Select(axis => (long)axis)];
        return edit.Opset < 18
            ? edit.Node("ReduceMax", [size], $"{size}_largest", GraphBuilder.Attribute("axes", axes), GraphBuilder.Attribute("keepdims", 1))
            : edit.Node("ReduceMax", [size, edit.Whole("int8_axes", axes, axes.Length)], $"{size}_largest", GraphBuilder.Attribute("keepdims", 1));
    }

    private string Constant(string name, float value) => edit.Initializer(name) is null ? edit.Floats(name, [value]) : name;
}
