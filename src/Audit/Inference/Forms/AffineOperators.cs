using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Operators whose results are sums of multiples of their inputs.</summary>
internal static class AffineOperators
{
    /// <summary>The node's values, or null where it is no such operator.</summary>
    public static IReadOnlyList<FormTensor>? Read(FormScope scope, NodeProto node) => node.OpType switch
    {
        "Add" or "Sub" => Combine(scope, node, node.OpType == "Sub"),
        "Mul" or "Div" => Scale(scope, node),
        "Sum" or "Mean" => Total(scope, node),
        "Neg" => Map(scope, node, (column, _) => column.Scaled(-1, 0)),
        "Scaler" => Scaler(scope, node),
        "ReduceSum" or "ReduceMean" => Reduce(scope, node),
        _ => null,
    };

    private static FormTensor[]? Map(FormScope scope, NodeProto node, Func<AffineForm, int, AffineForm> change)
    {
        FormTensor value = scope.Value(node.Input[0])!;
        return [FormTensor.Of(node.Output[0], ElementClass.Real, value.RowShape, [.. value.Columns!.Select(change)])];
    }

    private static FormTensor[]? Combine(FormScope scope, NodeProto node, bool minus)
    {
        Operands? operands = Operands.Find(scope, node, 0, 1);
        return operands is null ? null
            : [operands.Combine(node.Output[0], (left, right) => AffineForm.Sum(0, [(left, 1), (right, minus ? -1 : 1)]))];
    }

    private static FormTensor[]? Scale(FormScope scope, NodeProto node)
    {
        Operands? operands = Operands.Find(scope, node, 0, 1);
        if (operands is null || (!operands.RightConstant && !(node.OpType == "Mul" && operands.LeftConstant)))
        {
            return null;
        }

        return [operands.Combine(node.Output[0], (left, right) => node.OpType == "Div"
            ? left.Scaled(1 / right.Constant, 0)
            : operands.RightConstant ? left.Scaled(right.Constant, 0) : right.Scaled(left.Constant, 0))];
    }

    private static FormTensor[]? Total(FormScope scope, NodeProto node)
    {
        FormTensor?[] parts = [.. node.Input.Select(scope.Value)];
        if (parts.Any(part => part?.Columns is null || !part.RowShape.SequenceEqual(parts[0]!.RowShape)))
        {
            return null;
        }

        double factor = node.OpType == "Mean" ? 1.0 / parts.Length : 1;
        return [FormTensor.Of(node.Output[0], ElementClass.Real, parts[0]!.RowShape, [.. Enumerable.Range(0, parts[0]!.Columns!.Count)
            .Select(column => AffineForm.Sum(0, parts.Select(part => (part!.Columns![column], factor))))])];
    }

    private static FormTensor[]? Scaler(FormScope scope, NodeProto node)
    {
        NodeAttributes attributes = new(node);
        IReadOnlyList<double> offset = attributes.Numbers("offset");
        IReadOnlyList<double> scale = attributes.Numbers("scale");
        int width = scope.Value(node.Input[0])!.Columns!.Count;
        if ((offset.Count != 1 && offset.Count != width) || (scale.Count != 1 && scale.Count != width))
        {
            return null;
        }

        return Map(scope, node, (column, i) =>
        {
            double factor = scale[scale.Count == 1 ? 0 : i];
            return column.Scaled(factor, -factor * offset[offset.Count == 1 ? 0 : i]);
        });
    }

    private static FormTensor[]? Reduce(FormScope scope, NodeProto node)
    {
        FormTensor value = scope.Value(node.Input[0])!;
        int[]? axes = ConstantOperators.Axes(scope, node);
        int rank = value.RowShape.Length + 1;
        bool all = axes is not null && axes.Select(axis => axis < 0 ? axis + rank : axis).Order().SequenceEqual(Enumerable.Range(1, rank - 1));
        if (!all || rank == 1)
        {
            return null;
        }

        double factor = node.OpType == "ReduceMean" ? 1.0 / value.Columns!.Count : 1;
        int[] shape = GraphIndex.Integer(node, "keepdims", 1) == 1 ? [.. Enumerable.Repeat(1, rank - 1)] : [];
        return [FormTensor.Of(
            node.Output[0], ElementClass.Real, shape, [AffineForm.Sum(0, value.Columns!.Select(column => (column, factor)))])];
    }
}
