using Governance.Audit.Data;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>Reads graphs, operators and attributes.</summary>
internal static class GraphScan
{
    /// <summary>Reads a graph.</summary>
    /// <param name="reader">Its message.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="context">What may still be spent.</param>
    /// <param name="depth">Levels of subgraphs around it.</param>
    public static ScannedGraph Read(WireReader reader, ReadOnlySpan<byte> file, ScanContext context, int depth)
    {
        if (depth > context.Limits.ControlDepth)
        {
            throw new InputException($"The model nests graphs (If, Loop, Scan) more than {context.Limits.ControlDepth} levels deep, the most that is accepted.");
        }

        context.Spend();
        ScannedGraph graph = new();
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    graph.Nodes.Add(ReadNode(reader.Message(), file, context, depth));
                    break;
                case 2:
                    reader.Once();
                    reader.Bytes();
                    break;
                case 5:
                    graph.Initializers.Add(TensorScan.Read(reader.Message(), file, context));
                    break;
                case 11:
                    graph.Inputs.Add(TypeScan.ReadValue(reader.Message(), context));
                    break;
                case 12:
                    graph.Outputs.Add(TypeScan.ReadValue(reader.Message(), context));
                    break;
                case 13:
                    TypeScan.ReadValue(reader.Message(), context);
                    break;
                case 15:
                    graph.SparseInitializers.Add(TensorScan.ReadSparse(reader.Message(), file, context));
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return graph;
    }

    /// <summary>Reads an operator.</summary>
    public static ScannedNode ReadNode(WireReader reader, ReadOnlySpan<byte> file, ScanContext context, int depth)
    {
        context.SpendNode();
        ScannedNode node = new();
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    context.Spend();
                    node.Inputs.Add(reader.Name(context.Limits));
                    break;
                case 2:
                    context.Spend();
                    node.Outputs.Add(reader.Name(context.Limits));
                    break;
                case 3:
                    reader.Once();
                    node.Name = reader.Name(context.Limits);
                    break;
                case 4:
                    reader.Once();
                    node.Op = reader.Name(context.Limits);
                    break;
                case 5:
                    node.Attributes.Add(ReadAttribute(reader.Message(), file, context, depth));
                    break;
                case 7:
                    reader.Once();
                    node.Domain = ModelScan.Domain(reader.Name(context.Limits));
                    break;
                case 8:
                    reader.Once();
                    node.Overload = reader.Name(context.Limits);
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return node;
    }

    private static ScannedAttribute ReadAttribute(WireReader reader, ReadOnlySpan<byte> file, ScanContext context, int depth)
    {
        context.Spend();
        ScannedAttribute attribute = new();
        while (reader.TryNext())
        {
            if (reader.Field is >= 1 and <= 6 or 20 or 21)
            {
                reader.Once();
            }

            switch (reader.Field)
            {
                case 1:
                    attribute.Name = reader.Name(context.Limits);
                    break;
                case 2:
                    attribute.Float = reader.Float();
                    break;
                case 3:
                    attribute.Integer = reader.Varint();
                    break;
                case 5:
                    attribute.Tensor = TensorScan.Read(reader.Message(), file, context);
                    break;
                case 6 or 11:
                    attribute.Graphs.Add(Read(reader.Message(), file, context, depth + 1));
                    break;
                case 7:
                    TensorScan.EachFloat(ref reader, file, attribute.Floats);
                    break;
                case 8:
                    TensorScan.Each(ref reader, file, attribute.Integers ??= new IntegerList());
                    break;
                case 10:
                    attribute.Tensors.Add(TensorScan.Read(reader.Message(), file, context));
                    break;
                case 4:
                    reader.Bytes();
                    break;
                case 9:
                    attribute.Texts++;
                    reader.Bytes();
                    break;
                case 20:
                    attribute.Type = (int)Math.Clamp(reader.Varint(), -1, int.MaxValue);
                    break;
                case 21:
                    attribute.IsReference = reader.Name(context.Limits).Length > 0;
                    break;
                case 22 or 23:
                    attribute.Sparse.Add(TensorScan.ReadSparse(reader.Message(), file, context));
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return attribute;
    }
}
