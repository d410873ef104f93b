namespace Governance.Audit.Drift;

/// <summary>The test of Page and Hinkley for a rise of the mean.</summary>
/// <remarks>
/// Page (1954); Hinkley (1971), Biometrika 58, 509–523. m is the running mean; S = max(0, forgetting · S + (x − m − slack));
/// alarm where S reaches the limit after at least so many values. One-sided; after an alarm everything begins anew.
/// </remarks>
/// <param name="least">Values before the first alarm.</param>
/// <param name="slack">How far above the mean a value may lie.</param>
/// <param name="limit">Where S alarms.</param>
/// <param name="forgetting">What is kept of S a step, in (0, 1].</param>
public sealed class PageHinkley(int least = 30, double slack = 0.005, double limit = 50, double forgetting = 0.9999) : IOnlineDetector
{
    private int count;
    private double mean;
    private double sum;

    /// <inheritdoc/>
    public bool Add(double x)
    {
        // The count begins at 1, so that the first value moves the mean wholly; the test looks at the count after the value.
        mean += (x - mean) / (count + 1);
        sum = Math.Max(0, (forgetting * sum) + (x - mean - slack));
        count++;
        if (count + 1 < least || sum < limit)
        {
            return false;
        }

        (count, mean, sum) = (0, 0, 0);
        return true;
    }
}
