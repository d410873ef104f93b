using System.Runtime.InteropServices;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Half;

/// <summary>Rewrites a model so that weights are stored, and products computed, as 16-bit floats; inputs and outputs keep their types.</summary>
/// <remarks>
/// A value keeps its name where it is read in 32 bits; its 16-bit twin has a name of its own, and a Cast stands between
/// them where an island begins or ends. Where the runtime lacks an operator in 16 bits on the processor at hand, it widens
/// around that operator by itself.
/// </remarks>
internal sealed class NarrowFloats
{
    private readonly GraphEdit edit;
    private readonly HashSet<string> floats;
    private readonly HashSet<NodeProto> narrow;
    private readonly Dictionary<string, string> twins = new(StringComparer.Ordinal);

    private NarrowFloats(GraphEdit edit, HashSet<string> floats, HashSet<NodeProto> narrow)
    {
        this.edit = edit;
        this.floats = floats;
        this.narrow = narrow;
    }

    /// <summary>Rewrites.</summary>
    /// <param name="edit">The model.</param>
    /// <param name="rows">Rows to look at values on, so that none grows too large; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void Run(GraphEdit edit, InputBatch? rows, CancellationToken cancellationToken)
    {
        HashSet<string> floats = ValueTypes.Floats(edit.Model, cancellationToken);
        HashSet<NodeProto> narrow = HalfIslands.Narrow(edit, floats, rows, cancellationToken);
        NarrowFloats run = new(edit, floats, narrow);
        NodeProto[] nodes = [.. edit.Graph.Node];
        foreach (NodeProto node in nodes.Where(narrow.Contains))
        {
            run.Name(node);
        }

        foreach (NodeProto node in nodes.Where(narrow.Contains))
        {
            run.Narrow(node);
        }

        run.Widen(nodes);
        run.Store();
    }

    // The 16-bit twins of what narrow nodes make.
    private void Name(NodeProto node)
    {
        foreach (string output in node.Output.Where(floats.Contains))
        {
            twins.Add(output, edit.Fresh($"{output}_half"));
        }
    }

    private void Narrow(NodeProto node)
    {
        for (int i = 0; i < node.Input.Count; i++)
        {
            node.Input[i] = Twin(node.Input[i]);
        }

        for (int i = 0; i < node.Output.Count; i++)
        {
            node.Output[i] = twins.GetValueOrDefault(node.Output[i], node.Output[i]);
        }

        foreach (AttributeProto attribute in node.Attribute)
        {
            if (node.OpType == "Cast" && attribute is { Name: "to", I: (long)DataType.Float })
            {
                attribute.I = (long)DataType.Float16;
            }
            else if (node.OpType == "ConstantOfShape" && attribute is { Name: "value", T.DataType: (int)DataType.Float })
            {
                attribute.T = Narrowed(attribute.T);
            }
        }

        // Without a value it makes 32-bit zeros.
        if (node.OpType == "ConstantOfShape" && node.Attribute.Count == 0)
        {
            node.Attribute.Add(new AttributeProto
            {
                Name = "value", Type = AttributeProto.Types.AttributeType.Tensor,
                T = new TensorProto { DataType = (int)DataType.Float16, Dims = { 1 }, RawData = Google.Protobuf.ByteString.CopyFrom(0, 0) },
            });
        }

        edit.Touch(node, "computed in 16 bits");
    }

    private string Twin(string value)
    {
        if (twins.TryGetValue(value, out string? known))
        {
            return known;
        }

        if (edit.Initializer(value) is { DataType: (int)DataType.Float } tensor)
        {
            twins.Add(value, known = Stored(tensor));
        }
        else if (floats.Contains(value))
        {
            twins.Add(value, known = edit.Node("Cast", [value], $"{value}_half", GraphBuilder.Attribute("to", (long)DataType.Float16)));
        }

        return known ?? value;
    }

    // Back to 32 bits wherever something else reads a value: other nodes, their graphs, the outputs of the model.
    private void Widen(NodeProto[] nodes)
    {
        HashSet<string> read = [.. nodes.Where(node => !narrow.Contains(node)).SelectMany(GradientPlan.Reads), .. edit.Graph.Output.Select(output => output.Name)];
        foreach (string value in nodes.Where(narrow.Contains).SelectMany(node => node.Output).ToArray())
        {
            string? wide = twins.FirstOrDefault(pair => pair.Value == value).Key;
            if (wide is not null && read.Contains(wide))
            {
                edit.NodeAs("Cast", "", [value], [wide], GraphBuilder.Attribute("to", (long)DataType.Float));
            }
        }
    }

    // Weights of operators that stay in 32 bits are kept in 16 and widened before use.
    private void Store()
    {
        foreach (WeightSite site in WeightSite.Of(edit.Graph).Where(site => !HalfIslands.IsOut(site.Tensor)))
        {
            if (!edit.IsExcluded(site.Node))
            {
                site.Node.Input[site.Input] = edit.Node(
                    "Cast", [Twin(site.Tensor.Name)], $"{site.Tensor.Name}_wide", GraphBuilder.Attribute("to", (long)DataType.Float));
                edit.Touch(site.Node, "weights stored in 16 bits, computed in 32");
            }
        }
    }

    private string Stored(TensorProto tensor)
    {
        string name = edit.Add($"{tensor.Name}_half", DataType.Float16, Bytes(tensor), [.. tensor.Dims]);
        edit.Stored(tensor.Name, name);
        return name;
    }

    private static TensorProto Narrowed(TensorProto tensor) =>
        new() { DataType = (int)DataType.Float16, Dims = { tensor.Dims }, RawData = Google.Protobuf.ByteString.CopyFrom(Bytes(tensor)) };

    private static byte[] Bytes(TensorProto tensor)
    {
        System.Half[] narrowed = [.. GraphIndex.Numbers(tensor)!.Select(value => (System.Half)(float)value)];
        return MemoryMarshal.AsBytes<System.Half>(narrowed).ToArray();
    }
}
