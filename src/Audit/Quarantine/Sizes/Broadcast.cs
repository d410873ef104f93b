namespace Governance.Audit.Quarantine.Sizes;

/// <summary>Element by element, after NumPy's rule for dimensions.</summary>
internal static class Broadcast
{
    /// <summary>The dimensions of the result: the larger ones; null where those of a part are not known.</summary>
    public static double[]? Shape(IReadOnlyList<double[]?> shapes)
    {
        if (shapes.Count == 0 || shapes.Contains(null))
        {
            return null;
        }

        double[] result = new double[shapes.Max(shape => shape!.Length)];
        Array.Fill(result, 1);
        foreach (double[]? shape in shapes)
        {
            for (int i = 1; i <= shape!.Length; i++)
            {
                double size = shape[^i];
                result[^i] = size == 1 ? result[^i] : result[^i] == 1 ? size : Math.Max(size, result[^i]);
            }
        }

        return result;
    }

    /// <summary>A result of two values: of lists of equal length, or of a list and one number.</summary>
    public static Fact Of(Fact left, Fact right, Func<double, double, double> compute)
    {
        double[]? shape = Shape([left.Shape, right.Shape]);
        if (left.Value is not double[] a || right.Value is not double[] b || (a.Length != b.Length && a.Length != 1 && b.Length != 1))
        {
            return Fact.Of(shape);
        }

        double[] values = new double[Math.Max(a.Length, b.Length)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = compute(a[a.Length == 1 ? 0 : i], b[b.Length == 1 ? 0 : i]);
        }

        return Fact.Of(shape, values);
    }
}
