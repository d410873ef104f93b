namespace Governance.Audit.Quarantine.Sizes;

/// <summary>What is known of a value when the model is run on one row, without running it.</summary>
/// <param name="Shape">The dimensions, free ones as 1; null where not known.</param>
/// <param name="Value">The elements of a small number list or scalar; null where not known.</param>
internal sealed record Fact(double[]? Shape, double[]? Value)
{
    /// <summary>The most elements that are followed: more than any shape has dimensions.</summary>
    public const int MostValues = 64;

    public static Fact Unknown { get; } = new(null, null);

    /// <summary>Whether its elements hang on the numbers in a row, and not on constants and dimensions alone.</summary>
    public bool IsFromRows { get; init; }

    /// <summary>The number of elements, at least; 0 where nothing is known.</summary>
    public double Elements => Shape is null ? 0 : Product(Shape);

    /// <summary>A scalar of known value.</summary>
    public static Fact Scalar(double value) => new([], [value]);

    /// <summary>A list of known values.</summary>
    public static Fact List(double[] values) => new([values.Length], values.Length <= MostValues ? values : null);

    /// <summary>A value of known dimensions.</summary>
    public static Fact Of(double[]? shape) => shape is null ? Unknown : new Fact(shape, null);

    /// <summary>These elements in these dimensions; the elements are dropped where they do not fit or are too many.</summary>
    public static Fact Of(double[]? shape, double[]? value) =>
        value is not null && shape is not null && value.Length == Product(shape) && value.Length <= MostValues ? new Fact(shape, value) : Of(shape);

    /// <summary>The product of dimensions: 0 where one is 0, exact up to 2^53.</summary>
    public static double Product(ReadOnlySpan<double> sizes)
    {
        double product = 1;
        foreach (double size in sizes)
        {
            if (size == 0)
            {
                return 0;
            }

            product *= Math.Abs(size);
        }

        return product;
    }
}
