namespace Governance.Audit.Drift.Distances;

/// <summary>The figures of a sample of numbers that bins and scales are taken from.</summary>
/// <param name="Least">The least.</param>
/// <param name="Largest">The largest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The population standard deviation; finite also where the squares are not.</param>
/// <param name="Skewness">The mean cube of the standardised numbers; 0 where they are constant.</param>
internal readonly record struct NumberMoments(double Least, double Largest, double Mean, double Deviation, double Skewness)
{
    /// <summary>Measures a sample. Two passes, on numbers divided by a power of two, so that 1e300 does not overflow.</summary>
    /// <param name="values">At least one, finite.</param>
    public static NumberMoments Of(ReadOnlySpan<double> values)
    {
        double least = values[0];
        double largest = values[0];
        foreach (double value in values)
        {
            least = Math.Min(least, value);
            largest = Math.Max(largest, value);
        }

        double most = Math.Max(Math.Abs(least), Math.Abs(largest));
        double scale = most is > 1e100 or (> 0 and < 1e-100) ? Math.ScaleB(1, -Math.ILogB(most)) : 1;
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * scale;
        }

        double mean = sum / values.Length;
        double squares = 0;
        double cubes = 0;
        foreach (double value in values)
        {
            double distance = (value * scale) - mean;
            double square = distance * distance;
            squares += square;
            cubes += square * distance;
        }

        double deviation = least == largest ? 0 : Math.Sqrt(squares / values.Length);
        double skewness = deviation > 0 ? cubes / values.Length / deviation / deviation / deviation : 0;
        return new NumberMoments(least, largest, least == largest ? least : mean / scale, deviation / scale, skewness);
    }
}
