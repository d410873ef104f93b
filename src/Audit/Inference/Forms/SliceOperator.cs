using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Slice and Split along dimensions behind the rows.</summary>
internal static class SliceOperator
{
    /// <summary>The slice, or null where it cuts rows or its limits are not constant.</summary>
    public static IReadOnlyList<FormTensor>? Read(FormScope scope, NodeProto node, FormTensor value)
    {
        int[]? starts = Limits(scope, node, "starts", 1);
        int[]? ends = Limits(scope, node, "ends", 2);
        int[]? axes = Limits(scope, node, "axes", 3);
        int[]? steps = Limits(scope, node, "steps", 4);
        if (starts is null || ends is null || starts.Length != ends.Length)
        {
            return null;
        }

        FormTensor sliced = value;
        for (int i = 0; i < starts.Length; i++)
        {
            int rank = value.RowShape.Length + 1;
            int axis = axes is null ? i : axes[i] < 0 ? axes[i] + rank : axes[i];
            int step = steps is null ? 1 : steps[i];
            if (axis < 1 || axis >= rank || step < 1)
            {
                return null;
            }

            int size = sliced.RowShape[axis - 1];
            int from = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size);
            int to = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], 0, size);
            int[] chosen = [.. Enumerable.Range(0, Math.Max(0, (to - from + step - 1) / step)).Select(at => from + (at * step))];
            if (chosen.Length == 0)
            {
                return null;
            }

            int[] shape = [.. sliced.RowShape];
            shape[axis - 1] = chosen.Length;
            sliced = sliced.Moved(node.Output[0], shape, Places(sliced.RowShape, axis - 1, chosen));
        }

        return [sliced.Moved(node.Output[0], sliced.RowShape)];
    }

    /// <summary>The parts, or null where rows would be split or the lengths are not known.</summary>
    public static IReadOnlyList<FormTensor>? Split(FormScope scope, NodeProto node, FormTensor value)
    {
        int axis = (int)GraphIndex.Integer(node, "axis", 0);
        axis = axis < 0 ? axis + value.RowShape.Length + 1 : axis;
        if (axis < 1 || axis > value.RowShape.Length)
        {
            return null;
        }

        int size = value.RowShape[axis - 1];
        int[]? lengths = node.Input.Count > 1 || GraphIndex.Attribute(node, "split") is not null
            ? Limits(scope, node, "split", 1)
            : size % node.Output.Count == 0 ? [.. Enumerable.Repeat(size / node.Output.Count, node.Output.Count)] : null;
        if (lengths is null || lengths.Length != node.Output.Count || lengths.Any(length => length < 1) || lengths.Sum() != size)
        {
            return null;
        }

        List<FormTensor> parts = [];
        int from = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            int[] shape = [.. value.RowShape];
            shape[axis - 1] = lengths[i];
            parts.Add(value.Moved(node.Output[i], shape, Places(value.RowShape, axis - 1, [.. Enumerable.Range(from, lengths[i])])));
            from += lengths[i];
        }

        return parts;
    }

    /// <summary>The elements of a row of this shape where one axis takes these places only, in this order.</summary>
    public static IEnumerable<int> Places(int[] rowShape, int axis, int[] chosen)
    {
        int inner = rowShape[(axis + 1)..].Aggregate(1, (product, size) => product * size);
        int outer = rowShape[..axis].Aggregate(1, (product, size) => product * size);
        for (int block = 0; block < outer; block++)
        {
            foreach (int at in chosen)
            {
                for (int i = 0; i < inner; i++)
                {
                    yield return (((block * rowShape[axis]) + at) * inner) + i;
                }
            }
        }
    }

    // Attributes in old operator sets, inputs in new ones.
    private static int[]? Limits(FormScope scope, NodeProto node, string name, int input) =>
        GraphIndex.Attribute(node, name) is { } attribute ? [.. attribute.Ints.Select(value => (int)Math.Clamp(value, int.MinValue / 2, int.MaxValue / 2))]
        : node.Input.Count > input ? scope.Constant(node.Input[input])?.Integers().Select(value => Math.Clamp(value, int.MinValue / 2, int.MaxValue / 2)).ToArray()
        : null;
}
