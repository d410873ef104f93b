using Governance.Audit.Inference;

namespace Governance.Audit.Variants;

/// <summary>How long single rows take, in milliseconds.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
public sealed record RowTimes(double P50, double P95);

/// <summary>Times two models on the same rows, turn by turn in one run, so that whatever else the machine does falls on both.</summary>
public static class TimeSideBySide
{
    private const int WarmUp = 50;

    /// <summary>Times single rows.</summary>
    /// <param name="first">One model.</param>
    /// <param name="second">The other, with the same inputs.</param>
    /// <param name="rows">At least one row; gone through again and again.</param>
    /// <param name="rounds">Rows timed of each, at least 20.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static (RowTimes First, RowTimes Second) Run(
        OnnxPredictor first, OnnxPredictor second, InputBatch rows, int rounds, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 20);
        InputBatch[] single = [.. Enumerable.Range(0, Math.Min(rows.Rows, rounds)).Select(row => rows.Slice(row, 1))];
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int round = -WarmUp; round < rounds; round++)
        {
            InputBatch row = single[(round + WarmUp) % single.Length];

            // Who goes first changes, because the second finds the row in the cache.
            bool turned = (round & 1) != 0;
            double one = Once(turned ? second : first, row, time, cancellationToken);
            double other = Once(turned ? first : second, row, time, cancellationToken);
            if (round >= 0)
            {
                (ours[round], theirs[round]) = turned ? (other, one) : (one, other);
            }
        }

        return (Times(ours), Times(theirs));
    }

    private static double Once(OnnxPredictor predictor, InputBatch row, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        _ = predictor.Predict(row, cancellationToken);
        return time.GetElapsedTime(started).TotalMilliseconds;
    }

    private static RowTimes Times(double[] milliseconds)
    {
        Array.Sort(milliseconds);
        return new RowTimes(At(milliseconds, 0.5), At(milliseconds, 0.95));
    }

    // The smallest that at least this share does not pass.
    private static double At(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
