using Governance.Audit.Inference;

namespace Governance.Portal.Features.Models;

/// <summary>An output's values as the arrays of arrays that JSON shows.</summary>
internal static class NestedValues
{
    /// <summary>Nested [rows][…] after the output's shape; truth values as true and false.</summary>
    public static Array Of(OutputValues values)
    {
        Array flat = values.Spec.Type == "tensor(bool)" ? Array.ConvertAll(values.Numbers!, number => number != 0)
            : (Array?)values.Numbers ?? values.Texts!;
        return flat switch
        {
            double[] numbers => Nest(numbers, values.RowShape, values.RowShape.Count),
            string[] texts => Nest(texts, values.RowShape, values.RowShape.Count),
            bool[] flags => Nest(flags, values.RowShape, values.RowShape.Count),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // From the innermost dimension outwards; an inner dimension of length 0 leaves empty rows.
    private static Array Nest<T>(T[] flat, IReadOnlyList<int> shape, int depth)
    {
        if (depth == 0)
        {
            return flat;
        }

        int size = Math.Max(shape[depth - 1], 1);
        T[][] rows = [.. flat.Chunk(size)];
        return Nest(rows, shape, depth - 1);
    }
}
