using Governance.Audit.Drift.Sequential;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Drift;

/// <summary>A threshold for looking again and again, with a stated budget of false alarms.</summary>
/// <remarks>
/// A test at 5 % that is looked at every day raises a false alarm every 20 days. The budget here is the run length: how many
/// looks pass on average before a false alarm, where nothing changes. <see cref="Anytime"/> and <see cref="OfPValues"/> keep
/// it by proof, whatever the distribution (Shin, Ramdas and Rinaldo, "E-detectors: a nonparametric framework for sequential
/// change detection", New England Journal of Statistics in Data Science, 2023); <see cref="Calibrated"/> by simulation on the
/// reference, and so alarms sooner.
/// </remarks>
public sealed class SequentialThreshold : IOnlineDetector
{
    private readonly ISequentialStatistic statistic;

    private SequentialThreshold(ISequentialStatistic statistic, double threshold, double runLength, string promise) =>
        (this.statistic, Threshold, RunLength, Promise) = (statistic, threshold, runLength, promise);

    /// <summary>The budget: looks before a false alarm, on average.</summary>
    public double RunLength { get; }

    /// <summary>Where the statistic alarms.</summary>
    public double Threshold { get; }

    /// <summary>The evidence against "nothing has changed" after the last look.</summary>
    public double Statistic => statistic.Value;

    /// <summary>What is promised, in one sentence.</summary>
    public string Promise { get; }

    /// <summary>Watches the mean of single values by bets against it; valid whatever their distribution.</summary>
    /// <param name="reference">Values of before, at least 20, finite; in any order.</param>
    /// <param name="runLength">The budget, above 1.</param>
    /// <returns>
    /// A detector of both directions. Values are cut to the middle 99 % of the reference. The promise holds where the
    /// reference's mean of cut values lies in its 99 % interval.
    /// </returns>
    /// <exception cref="ArgumentException">There are fewer values, or the budget is outside its range.</exception>
    public static SequentialThreshold Anytime(ReadOnlySpan<double> reference, double runLength)
    {
        double[] ascending = Checked(reference, runLength);
        double low = Quantiles.OfSorted(ascending, 0.005);
        double high = Quantiles.OfSorted(ascending, 0.995);
        return new SequentialThreshold(
            new BettingStatistic(ascending, low, high), runLength, runLength,
            $"without a change, {runLength:0} values or more pass on average before a false alarm, whatever their distribution");
    }

    /// <summary>Watches a stream of p values, one a look, such as a window's drift test.</summary>
    /// <param name="runLength">The budget, above 1.</param>
    /// <exception cref="ArgumentException">The budget is outside its range.</exception>
    public static SequentialThreshold OfPValues(double runLength)
    {
        Check(runLength);
        return new SequentialThreshold(
            new PValueStatistic(), runLength, runLength,
            $"without a change, {runLength:0} looks or more pass on average before a false alarm");
    }

    /// <summary>Watches the mean of single values by cumulative sums whose limit is found on the reference itself.</summary>
    /// <param name="reference">Values of before, at least 20, finite; in any order.</param>
    /// <param name="runLength">The budget, above 1 and at most 100,000.</param>
    /// <param name="resamples">Streams drawn from the reference, at least 50.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">There are fewer values, or a number is outside its range.</exception>
    public static SequentialThreshold Calibrated(ReadOnlySpan<double> reference, double runLength, int resamples, int seed)
    {
        double[] ascending = Checked(reference, runLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runLength, 100_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 50);
        double limit = RunLengthCalibration.Limit(ascending, runLength, resamples, seed);
        return new SequentialThreshold(
            new CusumStatistic(ascending), limit, runLength,
            $"streams drawn from the reference pass {runLength:0} values on average before a false alarm");
    }

    /// <inheritdoc/>
    public bool Add(double x)
    {
        statistic.Add(x);
        if (!(statistic.Value >= Threshold))
        {
            return false;
        }

        statistic.Reset();
        return true;
    }

    private static double[] Checked(ReadOnlySpan<double> reference, double runLength)
    {
        Check(runLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(reference.Length, 20, nameof(reference));
        double[] ascending = reference.ToArray();
        Array.Sort(ascending);
        return double.IsFinite(ascending[0]) && double.IsFinite(ascending[^1])
            ? ascending
            : throw new ArgumentException("A value is not finite.", nameof(reference));
    }

    private static void Check(double runLength)
    {
        if (!(runLength > 1 && double.IsFinite(runLength)))
        {
            throw new ArgumentOutOfRangeException(nameof(runLength), runLength, "A run length is above 1.");
        }
    }
}
