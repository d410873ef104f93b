using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Operators that move, rename or put together columns and leave each number as it is.</summary>
internal static class StructuralOperators
{
    /// <summary>The node's values, or null where it is no such operator or would mix rows.</summary>
    public static IReadOnlyList<FormTensor>? Read(FormScope scope, NodeProto node)
    {
        if (scope.Value(node.Input[0]) is not { Columns: not null } first)
        {
            return node.OpType is "Concat" ? Concat(scope, node) : null;
        }

        string output = node.Output[0];
        int[]? shape;
        switch (node.OpType)
        {
            case "Identity" or "Dropout" or "ZipMap":
                return [first.Moved(output, first.RowShape)];
            case "Cast":
                return Cast(scope, node, first);
            case "Flatten":
                return GraphIndex.Integer(node, "axis", 1) == 1 ? [first.Moved(output, [first.Columns.Count])] : null;
            case "Reshape":
                shape = node.Input.Count > 1 && scope.Constant(node.Input[1]) is ConstantTensor target ? ShapeRules.ReshapedRow(first.RowShape, target.Integers()) : null;
                return shape is null ? null : [first.Moved(output, shape)];
            case "Unsqueeze" or "Squeeze":
                return Axes(scope, node, first);
            case "Concat" or "FeatureVectorizer":
                return Concat(scope, node);
            case "Gather":
                return node.Input.Count > 1 && scope.Constant(node.Input[1]) is ConstantTensor indices
                    ? Gather(first, output, (int)GraphIndex.Integer(node, "axis", 0), indices) : null;
            case "ArrayFeatureExtractor":
                return node.Input.Count > 1 && scope.Constant(node.Input[1]) is ConstantTensor places
                    ? Gather(first, output, first.RowShape.Length, places with { Dims = [places.Values.Length] }) : null;
            case "Slice":
                return SliceOperator.Read(scope, node, first);
            case "Split":
                return SliceOperator.Split(scope, node, first);
            case "Transpose":
                return Transpose(node, first);
            default:
                return null;
        }
    }

    private static FormTensor[]? Cast(FormScope scope, NodeProto node, FormTensor value)
    {
        var to = (TensorProto.Types.DataType)GraphIndex.Integer(node, "to", 0);
        ElementClass type = to switch
        {
            TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double => ElementClass.Real,
            TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Int32 or TensorProto.Types.DataType.Bool => ElementClass.Whole,
            TensorProto.Types.DataType.String => ElementClass.Text,
            _ => ElementClass.Unknown,
        };
        bool same = (type == ElementClass.Real && value.Type is ElementClass.Real or ElementClass.Whole)
            || (type == ElementClass.Whole && value.Type == ElementClass.Whole && to != TensorProto.Types.DataType.Bool)
            || (type == ElementClass.Text && value.Type == ElementClass.Text);
        return same ? [value.Moved(node.Output[0], value.RowShape, null, type)]
            : value.Modelled ? null
            : [scope.Features(node.Output[0], type, value.RowShape, [.. value.Columns!.Select(column => column.Sources())], node.OpType)];
    }

    private static FormTensor[]? Axes(FormScope scope, NodeProto node, FormTensor value)
    {
        // The rows are the first dimension; where axes are given, they must leave it there.
        int[]? axes = ConstantOperators.Axes(scope, node);
        int rank = value.RowShape.Length + 1 + (node.OpType == "Unsqueeze" ? axes?.Length ?? 0 : 0);
        int[]? behind = axes is null ? null : [.. axes.Select(axis => (axis < 0 ? axis + rank : axis) - 1)];
        if (behind is null || behind.Any(axis => axis < 0))
        {
            return null;
        }

        int[]? shape = node.OpType == "Unsqueeze" ? ShapeRules.Unsqueezed(value.RowShape, behind) : ShapeRules.Squeezed(value.RowShape, behind);
        return shape is null ? null : [value.Moved(node.Output[0], shape)];
    }

    private static FormTensor[]? Concat(FormScope scope, NodeProto node)
    {
        FormTensor?[] parts = [.. node.Input.Select(scope.Value)];
        if (parts.Any(part => part?.Columns is null))
        {
            return null;
        }

        FormTensor first = parts[0]!;
        int rank = first.RowShape.Length + 1;
        int axis = node.OpType == "FeatureVectorizer" ? 1 : (int)GraphIndex.Integer(node, "axis", node.OpType == "Concat" ? 1 : 0);
        axis = axis < 0 ? axis + rank : axis;
        if (axis < 1 || axis >= rank || parts.Any(part => part!.RowShape.Length + 1 != rank)
            || parts.Any(part => !Without(part!.RowShape, axis - 1).SequenceEqual(Without(first.RowShape, axis - 1))))
        {
            return null;
        }

        int outer = first.RowShape[..(axis - 1)].Aggregate(1, (product, size) => product * size);
        List<AffineForm> columns = [];
        for (int block = 0; block < outer; block++)
        {
            foreach (FormTensor? part in parts)
            {
                int length = part!.Columns!.Count / outer;
                columns.AddRange(part.Columns.Skip(block * length).Take(length));
            }
        }

        int[] shape = [.. first.RowShape];
        shape[axis - 1] = parts.Sum(part => part!.RowShape[axis - 1]);
        ElementClass type = parts.All(part => part!.Type == first.Type) ? first.Type : ElementClass.Real;
        return [FormTensor.Of(node.Output[0], type, shape, [.. columns])];
    }

    private static FormTensor[]? Gather(FormTensor value, string output, int axis, ConstantTensor indices)
    {
        axis = axis < 0 ? axis + value.RowShape.Length + 1 : axis;
        if (axis < 1 || axis > value.RowShape.Length)
        {
            return null;
        }

        int size = value.RowShape[axis - 1];
        int[] chosen = [.. indices.Integers().Select(at => at < 0 ? at + size : at)];
        if (chosen.Length == 0 || chosen.Any(at => at < 0 || at >= size) || (long)chosen.Length * value.Columns!.Count > ReadForms.MaxTerms)
        {
            return null;
        }

        int[] shape = [.. value.RowShape[..(axis - 1)], .. indices.Dims, .. value.RowShape[axis..]];
        return [value.Moved(output, shape, SliceOperator.Places(value.RowShape, axis - 1, chosen))];
    }

    private static FormTensor[]? Transpose(NodeProto node, FormTensor value)
    {
        int rank = value.RowShape.Length + 1;
        int[] order = GraphIndex.Attribute(node, "perm") is { } perm
            ? [.. perm.Ints.Select(axis => (int)axis)]
            : [.. Enumerable.Range(0, rank).Reverse()];
        if (order.Length != rank || order[0] != 0 || !order.Order().SequenceEqual(Enumerable.Range(0, rank)))
        {
            return null;
        }

        int[] shape = [.. order.Skip(1).Select(axis => value.RowShape[axis - 1])];
        int[] strides = new int[rank - 1];
        for (int axis = rank - 2, stride = 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= value.RowShape[axis];
        }

        int[] places = new int[value.Columns!.Count];
        for (int i = 0; i < places.Length; i++)
        {
            int rest = i;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                places[i] += rest % shape[axis] * strides[order[axis + 1] - 1];
                rest /= shape[axis];
            }
        }

        return [value.Moved(node.Output[0], shape, places)];
    }

    private static IEnumerable<int> Without(int[] shape, int axis) => shape.Where((_, i) => i != axis);
}
