namespace Governance.Audit.Drift;

/// <summary>Cumulative sums of both sides around a level that the stream's own beginning sets.</summary>
/// <remarks>
/// Page (1954), Biometrika 41, 100–115. The first values give mean and standard deviation (n − 1), which then stay; the last
/// of them already enters the sums. S⁺ = max(0, S⁺ + (x − mean) − k), S⁻ = max(0, S⁻ − (x − mean) − k), alarm above h, with k
/// and h in standard deviations. After an alarm everything begins anew.
/// </remarks>
/// <param name="warmUp">Values that set the level, at least 2.</param>
/// <param name="slack">k, in standard deviations.</param>
/// <param name="limit">h, in standard deviations.</param>
public sealed class Cusum(int warmUp = 30, double slack = 0.5, double limit = 5) : IOnlineDetector
{
    private int count;
    private double mean;
    private double squares;
    private double above;
    private double below;

    /// <inheritdoc/>
    public bool Add(double x)
    {
        count++;
        if (count <= warmUp)
        {
            double before = x - mean;
            mean += before / count;
            squares += before * (x - mean);
        }

        if (count < warmUp)
        {
            return false;
        }

        double deviation = Math.Sqrt(squares / (warmUp - 1));
        above = Math.Max(0, above + (x - mean) - (slack * deviation));
        below = Math.Max(0, below - (x - mean) - (slack * deviation));
        if (!(above > limit * deviation || below > limit * deviation))
        {
            return false;
        }

        (count, mean, squares, above, below) = (0, 0, 0, 0, 0);
        return true;
    }
}
