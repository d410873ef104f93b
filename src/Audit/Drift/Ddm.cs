namespace Governance.Audit.Drift;

/// <summary>The drift detection method: watches errors (1) and hits (0) of a model.</summary>
/// <remarks>
/// Gama, Medas, Castillo and Rodrigues (2004), SBIA, LNCS 3171, 286–295. p is the error rate, s = √(p(1 − p)/n); from n = 30
/// on the least p + s is kept; drift where p + s passes p_min + 3 s_min, a warning at 2. After drift everything begins anew.
/// </remarks>
/// <param name="least">Values before the first alarm.</param>
/// <param name="warning">Standard deviations of a warning.</param>
/// <param name="drift">Standard deviations of an alarm.</param>
public sealed class Ddm(int least = 30, double warning = 2, double drift = 3) : IOnlineDetector
{
    private int count;
    private double rate;
    private double leastRate = double.PositiveInfinity;
    private double leastDeviation = double.PositiveInfinity;

    /// <summary>Whether the last value was a warning.</summary>
    public bool Warns { get; private set; }

    /// <inheritdoc/>
    public bool Add(double x)
    {
        count++;
        rate += (x - rate) / count;
        double deviation = Math.Sqrt(rate * (1 - rate) / count);
        Warns = false;
        if (count + 1 <= least)
        {
            return false;
        }

        if (rate + deviation <= leastRate + leastDeviation)
        {
            (leastRate, leastDeviation) = (rate, deviation);
        }

        if (rate + deviation > leastRate + (drift * leastDeviation))
        {
            (count, rate, leastRate, leastDeviation) = (0, 0, double.PositiveInfinity, double.PositiveInfinity);
            return true;
        }

        Warns = rate + deviation > leastRate + (warning * leastDeviation);
        return false;
    }
}
