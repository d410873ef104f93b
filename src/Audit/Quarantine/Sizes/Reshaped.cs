namespace Governance.Audit.Quarantine.Sizes;

/// <summary>The same elements in other dimensions.</summary>
internal static class Reshaped
{
    /// <summary>What is known of the output of Reshape, Squeeze or Unsqueeze.</summary>
    public static Fact Of(in Operands operands)
    {
        double[]? shape = operands.Node.Op switch
        {
            "Reshape" => To(operands[0].Shape, operands.Numbers("shape", 1), operands.Integer("allowzero", 0) != 0),
            "Squeeze" => Without(operands[0].Shape, operands.Numbers("axes", 1), operands.Has(1) || operands.Node.Attribute("axes") is not null),
            _ => With(operands[0].Shape, operands.Numbers("axes", 1)),
        };
        return Fact.Of(shape, operands[0].Value);
    }

    private static double[]? To(double[]? from, double[]? to, bool zeroIsZero)
    {
        if (to is null)
        {
            return null;
        }

        double[] shape = [.. to];
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 0 && !zeroIsZero)
            {
                if (from is null || i >= from.Length)
                {
                    return null;
                }

                shape[i] = from[i];
            }
        }

        int free = Array.IndexOf(shape, -1);
        if (free >= 0)
        {
            if (from is null)
            {
                return null;
            }

            shape[free] = 1;
            double rest = Fact.Product(shape);
            shape[free] = rest == 0 ? 0 : Math.Floor(Fact.Product(from) / rest);
        }

        return shape;
    }

    private static double[]? Without(double[]? shape, double[]? axes, bool given)
    {
        if (shape is null || (given && axes is null))
        {
            return null;
        }

        HashSet<int?>? gone = axes is null ? null : [.. axes.Select(axis => Operands.Axis(axis, shape.Length))];
        return [.. shape.Where((size, i) => gone is null ? size != 1 : !gone.Contains(i))];
    }

    private static double[]? With(double[]? shape, double[]? axes)
    {
        if (shape is null || axes is null)
        {
            return null;
        }

        int rank = shape.Length + axes.Length;
        HashSet<int?> added = [.. axes.Select(axis => Operands.Axis(axis, rank))];
        if (added.Count != axes.Length || added.Contains(null))
        {
            return null;
        }

        Queue<double> rest = new(shape);
        return [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : rest.Dequeue())];
    }
}
