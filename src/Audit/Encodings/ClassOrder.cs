using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>Brings the columns of outputs into the order in which an encoding lists their classes.</summary>
public static class ClassOrder
{
    /// <summary>
    /// The same prediction; an output whose classes are the encoding's in another order has its columns moved, and one
    /// whose classes the graph does not name takes the encoding's names.
    /// </summary>
    /// <param name="prediction">All outputs.</param>
    /// <param name="encoding">Lists the classes of some outputs.</param>
    public static Prediction Apply(Prediction prediction, ModelEncoding encoding) => new([.. prediction.Outputs.Select(output =>
        encoding.Outputs.FirstOrDefault(known => known.Name == output.Name)?.Classes is IReadOnlyList<string> classes
        && output.Numbers is not null ? Move(output, classes) : output)]);

    /// <summary>For each wanted class its column, or null where the two lists do not hold the same classes.</summary>
    /// <param name="from">The classes in column order.</param>
    /// <param name="to">The classes in the wanted order.</param>
    internal static int[]? Between(IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        int[] order = [.. to.Select(label => from.ToList().IndexOf(label))];
        return order.Length == from.Count && !order.Contains(-1) && order.Distinct().Count() == order.Length ? order : null;
    }

    /// <summary>Moves the columns of rows.</summary>
    /// <param name="numbers">Shape [rows, columns], row-major.</param>
    /// <param name="order">For each new column the old one.</param>
    internal static double[] Move(double[] numbers, int[] order)
    {
        double[] moved = new double[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            moved[i] = numbers[i - (i % order.Length) + order[i % order.Length]];
        }

        return moved;
    }

    private static OutputValues Move(OutputValues output, IReadOnlyList<string> classes)
    {
        if (output.Classes is null)
        {
            return output.Width == classes.Count ? With(output, output.Numbers!, classes) : output;
        }

        return Between(output.Classes, classes) is int[] order ? With(output, Move(output.Numbers!, order), classes) : output;
    }

    private static OutputValues With(OutputValues output, double[] numbers, IReadOnlyList<string> classes) =>
        new(output.Spec, numbers, null, output.RowShape, output.Rows, classes);
}
