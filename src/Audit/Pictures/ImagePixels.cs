using Governance.Audit.Inference;

namespace Governance.Audit.Pictures;

/// <summary>The pictures of one input, as numbers, with their background and range.</summary>
internal sealed class ImagePixels
{
    private readonly InputTensor tensor;
    private readonly double[] values;

    /// <summary>Reads an input.</summary>
    public ImagePixels(InputTensor tensor)
    {
        this.tensor = tensor;
        values = tensor.Values switch
        {
            float[] floats => Array.ConvertAll(floats, value => (double)value),
            double[] doubles => doubles,
            long[] longs => Array.ConvertAll(longs, value => (double)value),
            int[] ints => Array.ConvertAll(ints, value => (double)value),
            _ => throw new ArgumentException("Pictures are numbers.", nameof(tensor)),
        };
        double[] known = [.. values.Where(double.IsFinite)];
        Least = known.Length == 0 ? 0 : known.Min();
        Most = known.Length == 0 ? 0 : known.Max();
    }

    /// <summary>The smallest value of all pictures; also what lies outside a picture.</summary>
    public double Least { get; }

    /// <summary>The largest value of all pictures.</summary>
    public double Most { get; }

    /// <summary>The values of one picture.</summary>
    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * tensor.Width, tensor.Width);

    /// <summary>The same input with other pictures; whole numbers are rounded where the input holds such.</summary>
    /// <param name="change">Fills the new picture of a row.</param>
    public InputTensor Map(FillPicture change)
    {
        double[] changed = new double[values.Length];
        for (int row = 0; row < tensor.Rows; row++)
        {
            change(row, Row(row), changed.AsSpan(row * tensor.Width, tensor.Width));
        }

        Array typed = tensor.Values switch
        {
            float[] => Array.ConvertAll(changed, value => (float)value),
            long[] => Array.ConvertAll(changed, value => (long)Math.Round(value)),
            int[] => Array.ConvertAll(changed, value => (int)Math.Round(value)),
            _ => changed,
        };
        return new InputTensor(tensor.Name, typed, tensor.Width, tensor.RowShape);
    }
}

/// <summary>Makes a picture of another.</summary>
/// <param name="row">The row's number.</param>
/// <param name="picture">As it is.</param>
/// <param name="changed">Overwritten.</param>
internal delegate void FillPicture(int row, ReadOnlySpan<double> picture, Span<double> changed);
