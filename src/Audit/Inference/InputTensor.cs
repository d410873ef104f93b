namespace Governance.Audit.Inference;

/// <summary>The rows of one named input, row-major, in managed memory.</summary>
public sealed class InputTensor
{
    /// <summary>Makes a tensor over an array that is kept, not copied.</summary>
    /// <param name="name">The input's name in the graph.</param>
    /// <param name="values">Shape [rows, width], as float[], double[], long[], int[], bool[] or string[].</param>
    /// <param name="width">Elements a row, at least 1.</param>
    /// <param name="rowShape">The dimensions behind the batch; their product is <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">The element type is none of these or the length does not fit the width.</exception>
    public InputTensor(string name, Array values, int width, IReadOnlyList<int> rowShape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (values.Length % width != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {width}.", nameof(values));
        }

        Kind = values switch
        {
            float[] => TensorKind.Float,
            double[] => TensorKind.Double,
            long[] => TensorKind.Int64,
            int[] => TensorKind.Int32,
            bool[] => TensorKind.Boolean,
            string[] => TensorKind.Text,
            _ => throw new ArgumentException($"A tensor of {values.GetType().GetElementType()} is not supported.", nameof(values)),
        };
        Name = name;
        Values = values;
        Width = width;
        RowShape = rowShape;
        Rows = values.Length / width;
    }

    /// <summary>The input's name in the graph.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public TensorKind Kind { get; }

    /// <summary>Shape [rows, width], row-major; the array type follows <see cref="Kind"/>.</summary>
    public Array Values { get; }

    /// <summary>Elements a row.</summary>
    public int Width { get; }

    /// <summary>The dimensions behind the batch.</summary>
    public IReadOnlyList<int> RowShape { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>A copy of <paramref name="count"/> rows from <paramref name="start"/>.</summary>
    public InputTensor Slice(int start, int count)
    {
        Array copy = Array.CreateInstance(Values.GetType().GetElementType()!, count * Width);
        Array.Copy(Values, start * Width, copy, 0, copy.Length);
        return new InputTensor(Name, copy, Width, RowShape);
    }

    /// <summary>One tensor of single rows of several, filled up with copies of the last one.</summary>
    /// <exception cref="ArgumentException">The rows differ in name, type or shape.</exception>
    internal static InputTensor Gather(IReadOnlyList<(InputTensor Tensor, int Row)> rows, int size)
    {
        InputTensor first = rows[0].Tensor;
        Array joined = Array.CreateInstance(first.Values.GetType().GetElementType()!, size * first.Width);
        for (int at = 0; at < size; at++)
        {
            (InputTensor tensor, int row) = rows[Math.Min(at, rows.Count - 1)];
            if (tensor.Name != first.Name || tensor.Kind != first.Kind || !tensor.RowShape.SequenceEqual(first.RowShape))
            {
                throw new ArgumentException($"The rows of the input '{first.Name}' differ in shape.", nameof(rows));
            }

            Array.Copy(tensor.Values, row * first.Width, joined, at * first.Width, first.Width);
        }

        return new InputTensor(first.Name, joined, first.Width, first.RowShape);
    }

    /// <summary>The values as doubles.</summary>
    /// <exception cref="System.Diagnostics.UnreachableException">They are no real numbers.</exception>
    internal double[] ToDoubles() => Values switch
    {
        float[] numbers => Array.ConvertAll(numbers, value => (double)value),
        double[] numbers => numbers,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A copy of these rows, in this order.</summary>
    public InputTensor Take(ReadOnlySpan<int> rows)
    {
        Array copy = Array.CreateInstance(Values.GetType().GetElementType()!, rows.Length * Width);
        for (int i = 0; i < rows.Length; i++)
        {
            Array.Copy(Values, rows[i] * Width, copy, i * Width, Width);
        }

        return new InputTensor(Name, copy, Width, RowShape);
    }
}
