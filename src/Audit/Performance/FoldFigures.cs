using Governance.Audit.Explanations;
using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>Means over folds of out-of-fold predictions, and the spread over parts of the same predictions.</summary>
internal static class FoldFigures
{
    private const string Note =
        "Stability over parts of the same predictions: one model made them all, so this is no cross-validation and says nothing of training.";

    // Parts are drawn from a stream that nothing else has.
    private const long PartStream = -20;

    /// <summary>Rows tested on over rows trained on, the mean of the folds.</summary>
    public static double TestShare(IReadOnlyList<FoldMetrics> folds)
    {
        double all = folds.Sum(fold => (double)fold.Count);
        double[] shares = [.. folds.Where(fold => fold.Count < all).Select(fold => fold.Count / (all - fold.Count))];
        return shares.Length == 0 ? 1 : shares.Average();
    }

    /// <summary>The mean of each metric over the folds that have it.</summary>
    /// <param name="folds">At least one.</param>
    /// <param name="testShare">Rows tested on over rows trained on.</param>
    /// <param name="level">The confidence level.</param>
    public static IReadOnlyList<FoldMean> Means(IReadOnlyList<FoldMetrics> folds, double testShare, double level)
    {
        List<FoldMean> means = [];
        foreach (string metric in folds.SelectMany(fold => fold.Metrics.Keys).Distinct())
        {
            double[] values = Values(folds, metric);
            if (values.Length > 0)
            {
                (double mean, double deviation, Interval? interval) = NadeauBengio.Compute(values, testShare, level);
                means.Add(new FoldMean(metric, mean, double.IsNaN(deviation) ? null : deviation, interval?.ToArray(), values.Length));
            }
        }

        return means;
    }

    /// <summary>Cuts the rows into parts with the same shares of classes, and measures each.</summary>
    /// <exception cref="Data.InputException">There are fewer rows than parts.</exception>
    public static PartStability Stability(
        PredictionSample sample, int parts, PerformanceOptions options, CancellationToken cancellationToken)
    {
        if (sample.Rows < parts)
        {
            throw new Data.InputException($"{sample.Rows} rows cannot be cut into {parts} parts.");
        }

        int[] strata = [.. Enumerable.Range(0, sample.Rows).Select(sample.Stratum)];
        int[] part = DealRows.Stratified(strata, parts, new SeededRandom(options.Seed, PartStream));
        List<FoldMetrics> folds = [];
        for (int own = 0; own < parts; own++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(0, part.Length).Where(row => part[row] == own)];
            folds.Add(AssembleReport.Fold($"{own + 1}", sample.Take(rows), cancellationToken));
        }

        List<PartRange> ranges = [];
        foreach (string metric in folds[0].Metrics.Keys)
        {
            double[] values = Values(folds, metric);
            if (values.Length > 0)
            {
                (double mean, double deviation, _) = NadeauBengio.Compute(values, 1, options.Level);
                ranges.Add(new PartRange(metric, mean, double.IsNaN(deviation) ? null : deviation, values.Min(), values.Max()));
            }
        }

        return new PartStability(Note, folds, ranges);
    }

    private static double[] Values(IReadOnlyList<FoldMetrics> folds, string metric) =>
        [.. folds.Select(fold => fold.Metrics.GetValueOrDefault(metric)).OfType<double>()];
}
