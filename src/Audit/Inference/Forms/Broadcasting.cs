namespace Governance.Audit.Inference.Forms;

/// <summary>Brings the shapes behind the rows of two values together, as element-wise operators do.</summary>
internal static class Broadcasting
{
    /// <summary>The common shape, or null where the shapes do not fit or rows would be mixed.</summary>
    /// <param name="left">Dimensions behind the rows.</param>
    /// <param name="right">Dimensions behind the rows, equally many.</param>
    public static int[]? Shape(int[] left, int[] right)
    {
        if (left.Length != right.Length)
        {
            return null;
        }

        int[] shape = new int[left.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            if (left[i] != right[i] && left[i] != 1 && right[i] != 1)
            {
                return null;
            }

            shape[i] = left[i] == 1 ? right[i] : left[i];
        }

        // Two long shapes at right angles would be more than anybody explains.
        return shape.Aggregate(1L, (product, size) => product * size) <= ReadForms.MaxTerms ? shape : null;
    }

    /// <summary>A constant's dimensions behind the rows of a value of so many such dimensions, or null where it differs by row.</summary>
    public static int[]? OfConstant(int[] dims, int rank)
    {
        if (dims.Length > rank + 1 || (dims.Length == rank + 1 && dims[0] != 1))
        {
            return null;
        }

        int[] rest = dims.Length == rank + 1 ? dims[1..] : dims;
        return [.. Enumerable.Repeat(1, rank - rest.Length), .. rest];
    }

    /// <summary>For each element of the common shape, the element of an operand that goes there.</summary>
    public static int[] Places(int[] operand, int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        int[] places = new int[count];
        for (int i = 0; i < count; i++)
        {
            int rest = i;
            int place = 0;
            int stride = 1;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                int at = rest % shape[axis];
                rest /= shape[axis];
                place += (operand[axis] == 1 ? 0 : at) * stride;
                stride *= operand[axis];
            }

            places[i] = place;
        }

        return places;
    }
}
