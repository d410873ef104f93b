namespace Governance.Audit.Theft.Detection;

/// <summary>Features moved to mean 0 and divided by their spread, with missing values as features of their own.</summary>
/// <remarks>
/// The spread is the standard deviation, or a quarter of the range where that is more, so that a rare level does not
/// outweigh all else. A missing value takes the mean and sets an indicator, one a feature that the reference misses and
/// one that counts all others.
/// </remarks>
internal sealed class FeatureScales
{
    private const double Farthest = 100;

    private readonly double[] means;
    private readonly double[] scales;
    private readonly int[] missing; // features that have an indicator of their own

    private FeatureScales(double[] means, double[] scales, int[] missing)
    {
        this.means = means;
        this.scales = scales;
        this.missing = missing;
    }

    /// <summary>Numbers of a scaled row.</summary>
    public int Wide => means.Length;

    private int Width => means.Length - missing.Length - 1;

    /// <summary>Measures the scales.</summary>
    /// <param name="rows">Shape [rows, width]; NaN where missing.</param>
    /// <param name="width">Features.</param>
    public static FeatureScales Fit(ReadOnlySpan<float> rows, int width)
    {
        int count = rows.Length / width;
        List<int> gaps = [];
        for (int feature = 0; feature < width; feature++)
        {
            bool gap = false;
            for (int row = 0; row < count && !gap; row++)
            {
                gap = float.IsNaN(rows[(row * width) + feature]);
            }

            if (gap)
            {
                gaps.Add(feature);
            }
        }

        int wide = width + gaps.Count + 1;
        FeatureScales fitted = new(new double[wide], [.. Enumerable.Repeat(1.0, wide)], [.. gaps]);
        fitted.Scale(rows, count);
        return fitted;
    }

    /// <summary>Scales a row.</summary>
    /// <param name="row">Shape [width]; NaN where missing.</param>
    /// <param name="wide">Shape [<see cref="Wide"/>], overwritten; within ±100.</param>
    public void Apply(ReadOnlySpan<float> row, Span<double> wide)
    {
        Widen(row, wide);
        for (int i = 0; i < wide.Length; i++)
        {
            double value = (wide[i] - means[i]) / scales[i];
            wide[i] = double.IsNaN(value) ? 0 : Math.Clamp(value, -Farthest, Farthest);
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.WriteAll(means);
        writer.WriteAll(scales);
        writer.WriteAll(missing);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static FeatureScales Read(BinaryReader reader) => new(reader.ReadDoubles(), reader.ReadDoubles(), reader.ReadInts());

    private void Scale(ReadOnlySpan<float> rows, int count)
    {
        double[] least = [.. Enumerable.Repeat(double.PositiveInfinity, Wide)];
        double[] most = [.. Enumerable.Repeat(double.NegativeInfinity, Wide)];
        double[] squares = new double[Wide];
        int[] seen = new int[Wide];
        double[] own = new double[Wide];
        for (int pass = 0; pass < 2; pass++)
        {
            Array.Clear(seen);
            for (int row = 0; row < count; row++)
            {
                Widen(rows.Slice(row * Width, Width), own);
                for (int i = 0; i < own.Length; i++)
                {
                    if (!double.IsNaN(own[i]))
                    {
                        seen[i]++;
                        (least[i], most[i]) = (Math.Min(least[i], own[i]), Math.Max(most[i], own[i]));
                        double step = own[i] - means[i];
                        squares[i] += pass == 0 ? 0 : step * step;
                        means[i] += pass == 0 ? step / seen[i] : 0;
                    }
                }
            }
        }

        for (int i = 0; i < scales.Length; i++)
        {
            double scale = seen[i] == 0 ? 0 : Math.Max(Math.Sqrt(squares[i] / seen[i]), (most[i] - least[i]) / 4);
            scales[i] = scale > 1e-9 * Math.Max(1e-9, Math.Abs(means[i])) ? scale : 1;
        }
    }

    private void Widen(ReadOnlySpan<float> row, Span<double> wide)
    {
        double rest = 0;
        int known = 0;
        for (int feature = 0; feature < row.Length; feature++)
        {
            wide[feature] = row[feature];
            bool gap = float.IsNaN(row[feature]);
            if (known < missing.Length && missing[known] == feature)
            {
                wide[Width + known++] = gap ? 1 : 0;
            }
            else
            {
                rest += gap ? 1 : 0;
            }
        }

        wide[^1] = rest;
    }
}
