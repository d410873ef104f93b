namespace Governance.Audit.Inference.Forms;

/// <summary>Shapes after operators that move elements without changing their order.</summary>
internal static class ShapeRules
{
    /// <summary>With dimensions of 1 put in at the axes, or null where an axis does not fit.</summary>
    public static int[]? Unsqueezed(int[] dims, int[] axes)
    {
        int rank = dims.Length + axes.Length;
        HashSet<int> at = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
        if (at.Count != axes.Length || at.Any(axis => axis < 0 || axis >= rank))
        {
            return null;
        }

        int next = 0;
        return [.. Enumerable.Range(0, rank).Select(axis => at.Contains(axis) ? 1 : dims[next++])];
    }

    /// <summary>Without the axes, or without all dimensions of 1 where none are named; null where one is not 1.</summary>
    public static int[]? Squeezed(int[] dims, int[]? axes)
    {
        HashSet<int> at = axes is null
            ? [.. Enumerable.Range(0, dims.Length).Where(axis => dims[axis] == 1)]
            : [.. axes.Select(axis => axis < 0 ? axis + dims.Length : axis)];
        return at.Any(axis => axis < 0 || axis >= dims.Length || dims[axis] != 1)
            ? null
            : [.. dims.Where((_, axis) => !at.Contains(axis))];
    }

    /// <summary>By the rules of Reshape: 0 keeps a dimension, one -1 takes what is left; null where it does not fit.</summary>
    public static int[]? Reshaped(int[] dims, int[] shape)
    {
        int[] made = [.. shape.Select((size, axis) => size == 0 && axis < dims.Length ? dims[axis] : size)];
        long count = dims.Aggregate(1L, (product, size) => product * size);
        long known = made.Where(size => size != -1).Aggregate(1L, (product, size) => product * size);
        int free = made.Count(size => size == -1);
        if (free > 1 || known <= 0 || (free == 1 ? count % known != 0 : count != known) || made.Any(size => size < -1))
        {
            return null;
        }

        return [.. made.Select(size => size == -1 ? (int)(count / known) : size)];
    }

    /// <summary>
    /// A row's shape after Reshape of values with rows in front, where the target keeps rows apart; else null.
    /// </summary>
    /// <param name="rowShape">The dimensions behind the rows.</param>
    /// <param name="target">The target shape, rows included.</param>
    public static int[]? ReshapedRow(int[] rowShape, int[] target)
    {
        if (target.Length == 0)
        {
            return null;
        }

        // Only the first dimension may be the rows: it is kept (0), taken from what is left (-1), or the batch of one that the graph is made for.
        int[] rest = [.. target.Skip(1).Select((size, i) => size == 0 && i < rowShape.Length ? rowShape[i] : size)];
        int width = rowShape.Aggregate(1, (product, size) => product * size);
        int[]? shape = rest.Contains(-1) && target[0] == -1 ? null : Reshaped([width], rest);
        return target[0] is 0 or -1 or 1 ? shape : null;
    }
}
