namespace Governance.Audit.Slices;

/// <summary>Numbers that people read, as limits between values.</summary>
internal static class ShortNumber
{
    /// <summary>A number of few digits that parts two values.</summary>
    /// <param name="low">Finite.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    /// <returns>At least <paramref name="low"/> and below <paramref name="high"/>; <paramref name="low"/> itself where nothing shorter fits.</returns>
    public static double Between(double low, double high)
    {
        double gap = high - low;
        if (!(Math.Abs(low) < 1e12 && Math.Abs(high) < 1e12 && gap > 1e-9))
        {
            return low;
        }

        int first = (int)Math.Floor(Math.Log10(gap));
        for (int power = first + 1; power >= first - 3 && power >= -12; power--)
        {
            // In decimals, because 33 · 0.1 is not 3.3 in binary.
            decimal step = power >= 0 ? (decimal)Math.Pow(10, power) : 1 / (decimal)Math.Pow(10, -power);
            foreach (decimal each in (ReadOnlySpan<decimal>)[step, step / 2])
            {
                double candidate = (double)(Math.Ceiling((decimal)low / each) * each) + 0.0; // a zero has no sign
                if (candidate >= low && candidate < high)
                {
                    return candidate;
                }
            }
        }

        return low;
    }
}
