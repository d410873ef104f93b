namespace Governance.Audit.Statistics.Resampling;

/// <summary>Quantiles of finitely many numbers.</summary>
/// <remarks>Linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), NumPy's and R's default.</remarks>
public static class Quantiles
{
    /// <summary>The quantile of numbers in ascending order.</summary>
    /// <param name="ascending">Shape [numbers], at least one, ascending, no NaN.</param>
    /// <param name="share">In [0, 1].</param>
    /// <exception cref="ArgumentException">There is no number, or the share is outside its range.</exception>
    public static double OfSorted(ReadOnlySpan<double> ascending, double share)
    {
        if (ascending.IsEmpty || !(share >= 0 && share <= 1))
        {
            throw new ArgumentException("A quantile needs a number and a share from 0 to 1.", nameof(share));
        }

        double position = share * (ascending.Length - 1);
        int below = (int)position;
        double part = position - below;
        double low = ascending[below];
        double high = ascending[Math.Min(below + 1, ascending.Length - 1)];

        // From the nearer end, so that the interpolation is monotone and exact at both ends.
        return part < 0.5 ? low + ((high - low) * part) : high - ((high - low) * (1 - part));
    }

    /// <summary>Moves the numbers that are not NaN to the front, ascending, and says how many they are.</summary>
    /// <param name="numbers">Shape [numbers]; overwritten.</param>
    public static int SortKnown(Span<double> numbers)
    {
        int known = 0;
        foreach (double number in numbers)
        {
            if (!double.IsNaN(number))
            {
                numbers[known++] = number;
            }
        }

        numbers[..known].Sort();
        return known;
    }
}
