using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Governance.Audit.Inference;

/// <summary>Reads what a loaded model takes and gives.</summary>
internal static class SignatureReader
{
    /// <summary>The signature of a session.</summary>
    /// <param name="session">The loaded model.</param>
    /// <param name="model">The file as it came.</param>
    /// <param name="bypass">How the session's model was rewritten, or null.</param>
    /// <exception cref="InputException">An input's type cannot be filled from rows, or the fixed batch sizes differ.</exception>
    public static ModelSignature Read(OnnxSession session, ModelProto model, ZipMapBypass? bypass)
    {
        List<InputSpec> inputs = [.. session.InputNames.Select(name => Input(name, session.Input(name), model.Graph))];
        if (inputs.Count == 0)
        {
            throw new InputException("The model has no inputs, so it cannot be run on rows.");
        }

        if (inputs.Select(input => input.FixedBatch).Where(size => size > 0).Distinct().Count() > 1)
        {
            throw new InputException("The model's inputs demand different fixed batch sizes.");
        }

        OutputRoles roles = new(model.Graph);
        List<OutputSpec> outputs = [];
        foreach (string name in session.OutputNames)
        {
            if (bypass is not null && bypass.Outputs.TryGetValue(name, out string? mapped))
            {
                string mapType = DeclaredMap(model.Graph.Output.First(output => output.Name == mapped));
                outputs.Add(new OutputSpec(mapped, mapType, [], OutputRole.Probability, null));
                continue;
            }

            NodeMetadata metadata = session.Output(name);
            IReadOnlyList<long?> shape = metadata.IsTensor ? Shape(metadata.Dimensions, IsUnranked(model.Graph.Output, name)) : [];
            string type = TypeName(metadata);
            outputs.Add(new OutputSpec(name, type, shape, roles.Role(name, type, shape), null));
        }

        return new ModelSignature(inputs, [.. outputs.Select(output => output with { Classes = roles.Classes(output) })]);
    }

    /// <summary>The outputs that can be copied out: the session's names for them, and what they are.</summary>
    public static (string[] Names, OutputSpec[] Specs) Readable(OnnxSession session, ModelSignature signature)
    {
        int[] places = [.. Enumerable.Range(0, session.OutputNames.Count).Where(i => IsReadable(session.Output(session.OutputNames[i])))];
        return ([.. places.Select(i => session.OutputNames[i])], [.. places.Select(i => signature.Outputs[i])]);
    }

    /// <summary>Whether an input takes no batch dimension at all.</summary>
    public static bool IsScalar(NodeMetadata metadata, ModelProto model, string name) =>
        metadata.IsTensor && metadata.Dimensions.Length == 0 && !IsUnranked(model.Graph.Input, name);

    /// <summary>The ONNX type in words, such as "tensor(float)".</summary>
    public static string TypeName(NodeMetadata metadata) => metadata.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => $"tensor({ElementName(metadata.ElementDataType)})",
        OnnxValueType.ONNX_TYPE_SPARSETENSOR => $"sparse_tensor({ElementName(metadata.ElementDataType)})",
        OnnxValueType.ONNX_TYPE_SEQUENCE => $"seq({TypeName(metadata.AsSequenceMetadata().ElementMeta)})",
        OnnxValueType.ONNX_TYPE_MAP =>
            $"map({ElementName(metadata.AsMapMetadata().KeyDataType)},{TypeName(metadata.AsMapMetadata().ValueMetadata)})",
        OnnxValueType.ONNX_TYPE_OPTIONAL => $"optional({TypeName(metadata.AsOptionalMetadata().ElementMeta)})",
        _ => "unknown",
    };

    /// <summary>Whether an output of this type can be copied out: a tensor of numbers or text, or a sequence of maps to floats.</summary>
    private static bool IsReadable(NodeMetadata metadata) => metadata.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => metadata.IsString || Elements.IsNumeric(metadata.ElementDataType),
        OnnxValueType.ONNX_TYPE_SEQUENCE => metadata.AsSequenceMetadata().ElementMeta is
        { OnnxValueType: OnnxValueType.ONNX_TYPE_MAP } map && IsReadable(map.AsMapMetadata().ValueMetadata),
        _ => false,
    };

    private static InputSpec Input(string name, NodeMetadata metadata, GraphProto graph)
    {
        TensorKind? kind = metadata.IsTensor ? Kind(metadata.ElementDataType) : null;
        if (kind is null)
        {
            throw new InputException(
                $"The model's input '{name}' is of type {TypeName(metadata)}; only tensors of real numbers, truth values and text can be filled from rows.");
        }

        if (IsUnranked(graph.Input, name))
        {
            return new InputSpec(name, kind.Value, [-1], 0);
        }

        int[] dims = metadata.Dimensions;
        return dims.Length == 0
            ? new InputSpec(name, kind.Value, [], 1)
            : new InputSpec(name, kind.Value, [.. dims.Skip(1).Select(size => size > 0 ? size : -1)], Math.Max(dims[0], 0));
    }

    private static string DeclaredMap(ValueInfoProto output)
    {
        bool text = output.Type?.SequenceType?.ElemType?.MapType?.KeyType == (int)TensorProto.Types.DataType.String;
        return $"seq(map({(text ? "string" : "int64")},tensor(float)))";
    }

    private static TensorKind? Kind(TensorElementType type) => type switch
    {
        TensorElementType.Float => TensorKind.Float,
        TensorElementType.Double => TensorKind.Double,
        TensorElementType.Int64 => TensorKind.Int64,
        TensorElementType.Int32 => TensorKind.Int32,
        TensorElementType.Bool => TensorKind.Boolean,
        TensorElementType.String => TensorKind.Text,
        _ => null,
    };

    private static IReadOnlyList<long?> Shape(int[] dims, bool unranked) =>
        unranked ? [null] : [.. dims.Select(size => size >= 0 ? (long?)size : null)];

    private static bool IsUnranked(IEnumerable<ValueInfoProto> values, string name) =>
        values.FirstOrDefault(value => value.Name == name)?.Type?.TensorType is { Shape: null };

    private static string ElementName(TensorElementType type) => type switch
    {
        TensorElementType.Float => "float",
        TensorElementType.Double => "double",
        TensorElementType.Bool => "bool",
        TensorElementType.String => "string",
        TensorElementType.DataTypeMax => throw new UnreachableException(),
        _ => type.ToString().ToLowerInvariant(),
    };
}
