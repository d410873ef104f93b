using Governance.Audit.Inference.Graphs;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Inference;

/// <summary>
/// A model rewritten so that inputs of small or unsigned element types take the next wider type that rows are encoded
/// in, and are cast inside the graph: float16 and bfloat16 from float, whole numbers from int32 or int64.
/// </summary>
/// <param name="Model">The rewritten model.</param>
/// <param name="Ranges">What each rewritten input can hold, by its name; null where the wider type holds no more.</param>
internal sealed record NarrowInputs(ModelProto Model, IReadOnlyDictionary<string, NumberRange?> Ranges)
{
    // The operator Cast took the type as a number from this version of the default domain on, bfloat16 from 13.
    private const int CastVersion = 6;
    private const int Usual = 13;

    private static readonly Dictionary<Element, (Element Wide, NumberRange? Range)> Wider = new()
    {
        [Element.Float16] = (Element.Float, new NumberRange(-65_504, 65_504)),
        [Element.Bfloat16] = (Element.Float, null),
        [Element.Int8] = (Element.Int32, new NumberRange(sbyte.MinValue, sbyte.MaxValue)),
        [Element.Uint8] = (Element.Int32, new NumberRange(byte.MinValue, byte.MaxValue)),
        [Element.Int16] = (Element.Int32, new NumberRange(short.MinValue, short.MaxValue)),
        [Element.Uint16] = (Element.Int32, new NumberRange(ushort.MinValue, ushort.MaxValue)),
        [Element.Uint32] = (Element.Int64, new NumberRange(uint.MinValue, uint.MaxValue)),
        [Element.Uint64] = (Element.Int64, new NumberRange(0, long.MaxValue)),
    };

    /// <summary>Rewrites a model, or gives null where no input is of such a type.</summary>
    public static NarrowInputs? Find(ModelProto model)
    {
        HashSet<string> weights = [.. model.Graph.Initializer.Select(tensor => tensor.Name)];
        string[] narrow = [.. model.Graph.Input.Where(input => IsNarrow(input) && !weights.Contains(input.Name)).Select(input => input.Name)];
        if (narrow.Length == 0 || model.OpsetImport.Any(opset => opset.Domain is "" or "ai.onnx" && opset.Version < CastVersion))
        {
            return null;
        }

        ModelProto copy = model.Clone();
        if (!copy.OpsetImport.Any(opset => opset.Domain is "" or "ai.onnx"))
        {
            copy.OpsetImport.Add(new OperatorSetIdProto { Version = Usual });
        }

        Dictionary<string, NumberRange?> ranges = new(StringComparer.Ordinal);
        foreach (string name in narrow)
        {
            TypeProto.Types.Tensor type = copy.Graph.Input.First(input => input.Name == name).Type.TensorType;
            string inside = Free(copy.Graph, name);
            Rename(copy.Graph, name, inside);
            copy.Graph.Node.Insert(0, new NodeProto
            {
                OpType = "Cast",
                Input = { name },
                Output = { inside },
                Attribute = { new AttributeProto { Name = "to", I = type.ElemType, Type = AttributeProto.Types.AttributeType.Int } },
            });
            (Element wide, NumberRange? range) = Wider[(Element)type.ElemType];
            type.ElemType = (int)wide;
            ranges.Add(name, range);
        }

        return new NarrowInputs(copy, ranges);
    }

    /// <summary>The signature with what each input can hold.</summary>
    public ModelSignature Apply(ModelSignature signature) => signature with
    {
        Inputs = [.. signature.Inputs.Select(input => input with { Range = Ranges.GetValueOrDefault(input.Name) })],
    };

    private static bool IsNarrow(ValueInfoProto input) =>
        input.Type?.TensorType is { } type && Wider.ContainsKey((Element)type.ElemType);

    private static string Free(GraphProto graph, string name)
    {
        HashSet<string> taken = [.. graph.Node.SelectMany(node => node.Output.Concat(node.Input)), .. graph.Initializer.Select(tensor => tensor.Name)];
        string free = $"{name}/narrow";
        while (taken.Contains(free))
        {
            free += "'";
        }

        return free;
    }

    // In subgraphs too, unless they give the name another meaning.
    private static void Rename(GraphProto graph, string name, string inside)
    {
        foreach (NodeProto node in graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == name ? inside : node.Input[i];
            }

            foreach (GraphProto body in node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G))
                .Where(body => body.Input.All(input => input.Name != name) && body.Initializer.All(tensor => tensor.Name != name)))
            {
                Rename(body, name, inside);
            }
        }
    }
}

/// <summary>The numbers that an input can hold, both ends included.</summary>
public readonly record struct NumberRange(double Least, double Most);
