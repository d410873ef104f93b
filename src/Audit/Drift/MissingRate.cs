using Governance.Audit.Statistics;

namespace Governance.Audit.Drift;

/// <summary>Whether cells without a value have become more or fewer: a test of its own, because no test of values sees it.</summary>
public static class MissingRate
{
    // With fewer expected cells the z test takes up to 7 % false alarms for 5.
    private const double LeastExpected = 50;

    /// <summary>Compares the rates.</summary>
    /// <param name="referenceRows">Rows of the reference.</param>
    /// <param name="referenceValues">Rows of it with a value.</param>
    /// <param name="currentRows">Current rows.</param>
    /// <param name="currentValues">Current rows with a value.</param>
    /// <returns>Not adjusted and not judged yet; null where no cell lacks a value, or there are no rows.</returns>
    public static RateDrift? Compare(int referenceRows, int referenceValues, int currentRows, int currentValues)
    {
        if (referenceRows == 0 || currentRows == 0 || (referenceRows == referenceValues && currentRows == currentValues))
        {
            return null;
        }

        double before = (double)(referenceRows - referenceValues) / referenceRows;
        double now = (double)(currentRows - currentValues) / currentRows;
        double pooled = ((before * referenceRows) + (now * currentRows)) / ((double)referenceRows + currentRows);
        double p = Math.Min(referenceRows, currentRows) * Math.Min(pooled, 1 - pooled) < LeastExpected
            ? FisherExact.TwoSided(referenceRows - referenceValues, referenceRows, currentRows - currentValues, currentRows)
            : TwoProportions.PValue(before, referenceRows, now, currentRows, weighted: false);
        return new RateDrift(before, now, p, p, false);
    }
}
