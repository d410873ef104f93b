using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Constants that a graph computes from constants, as far as shapes and casts go.</summary>
internal static class ConstantOperators
{
    /// <summary>Keeps the constant that a node makes; false where it is not such a node.</summary>
    public static bool Fold(FormScope scope, NodeProto node)
    {
        if (node.OpType == "Constant")
        {
            return scope.Constant(node.Output[0]) is not null;
        }

        if (node.Input.Count == 0 || scope.Constant(node.Input[0]) is not ConstantTensor constant)
        {
            return false;
        }

        int[]? dims = node.OpType switch
        {
            "Identity" => constant.Dims,
            "Cast" when !Truncates(node, constant) => constant.Dims,
            "Unsqueeze" => Axes(scope, node) is int[] axes ? ShapeRules.Unsqueezed(constant.Dims, axes) : null,
            "Squeeze" => ShapeRules.Squeezed(constant.Dims, Axes(scope, node)),
            "Reshape" => node.Input.Count > 1 && scope.Constant(node.Input[1]) is ConstantTensor shape
                ? ShapeRules.Reshaped(constant.Dims, shape.Integers()) : null,
            _ => null,
        };
        if (dims is null)
        {
            return false;
        }

        scope.Add(node.Output[0], constant with { Dims = dims });
        return true;
    }

    /// <summary>The axes of Squeeze and Unsqueeze: an attribute before operator set 13, an input since.</summary>
    public static int[]? Axes(FormScope scope, NodeProto node) =>
        node.Input.Count > 1 ? scope.Constant(node.Input[1])?.Integers()
        : GraphIndex.Attribute(node, "axes") is { } attribute ? [.. attribute.Ints.Select(axis => (int)axis)]
        : null;

    private static bool Truncates(NodeProto node, ConstantTensor constant) =>
        (TensorProto.Types.DataType)GraphIndex.Integer(node, "to", 0) is not (TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double)
        && constant.Values.Any(value => value != Math.Truncate(value));
}
