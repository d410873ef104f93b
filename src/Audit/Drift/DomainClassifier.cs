using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using Governance.Audit.Training;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Drift;

/// <summary>What a classifier makes of telling current rows from reference rows.</summary>
/// <param name="Model">logistic or trees.</param>
/// <param name="Area">The area under the ROC curve of scores of rows that the model had not seen; 0.5 where it cannot tell.</param>
/// <param name="Interval">Of the area, by the spread over folds; null where all folds agree.</param>
/// <param name="PValue">One-sided, of an area of 0.5.</param>
public sealed record DomainScore(string Model, double Area, Interval? Interval, double PValue);

/// <summary>The classifier two-sample test: if no model can tell the samples apart, nothing that it could see has changed.</summary>
/// <remarks>
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR 2017, with two classifiers: logistic regression sees
/// shifts, boosted trees also what lies between columns alone, such as a correlation that changed while every column stayed.
/// The area is over scores that come out of folds. Its p value is another matter: models of folds that train on each other
/// share what one fold happens to look like, so that the usual variance is half of what it is and a level of 5 % becomes
/// 11 % (measured). Here each fold from the second on is scored by a model of the folds before it alone: given those, the
/// order of its rows is chance where nothing has changed, so that the Mann–Whitney statistics of the folds are uncorrelated,
/// with known variances, and their sum is a martingale's. The interval is Nadeau and Bengio's.
/// </remarks>
public static class DomainClassifier
{
    /// <summary>Folds of the out-of-fold scores.</summary>
    public const int Folds = 5;

    private const double Penalty = 1;

    /// <summary>Trains and scores both classifiers.</summary>
    /// <param name="rows">Reference rows, then current rows, without missing values.</param>
    /// <param name="reference">How many are reference rows; both samples have at least <see cref="Folds"/>.</param>
    /// <param name="fold">Shape [rows]: the fold of each, 0 … <see cref="Folds"/> − 1.</param>
    /// <param name="level">Of the intervals, in (0, 1).</param>
    /// <param name="seed">Of the trees.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Logistic regression, then trees.</returns>
    /// <exception cref="ArgumentException">A sample has too few rows.</exception>
    public static IReadOnlyList<DomainScore> Run(
        TrainingRows rows, int reference, ReadOnlySpan<int> fold, double level, int seed, int threads, CancellationToken cancellationToken)
    {
        if (reference < Folds || rows.Count - reference < Folds)
        {
            throw new ArgumentException($"Each sample needs at least {Folds} rows.", nameof(reference));
        }

        int[] folds = fold.ToArray();
        return
        [
            Score("logistic", rows, reference, folds, level, (train, targets) =>
            {
                LogisticModel model = FitLogistic.Run(train, targets, Penalty);
                return row => model.LogOdds(row);
            }),
            Score("trees", rows, reference, folds, level, (train, targets) =>
            {
                TreesModel model = FitTrees.Run(train, targets, Trees(train.Count, seed, threads), cancellationToken);
                return row => model.Predict(row)[1];
            }),
        ];
    }

    private delegate double Scorer(ReadOnlySpan<float> row);

    private static BoostedTreesOptions Trees(int rows, int seed, int threads) => new()
    {
        Task = TreesTask.Binary,
        Rounds = 60,
        MostDepth = 4,
        MostLeaves = 12,
        LeastRows = Math.Clamp(rows / 40, 2, 20),
        Bins = 64,
        Seed = seed,
        Threads = threads,
    };

    private static DomainScore Score(
        string name, TrainingRows rows, int reference, int[] fold, double level, Func<TrainingRows, double[], Scorer> fit)
    {
        double[] scores = new double[rows.Count];
        double[] areas = new double[Folds];
        (double wins, double variance) = (0, 0);
        for (int held = 0; held < Folds; held++)
        {
            int[] test = [.. Enumerable.Range(0, rows.Count).Where(row => fold[row] == held)];
            Place(rows, reference, fit, row => fold[row] != held, test, scores);
            double pairs = (double)test.Count(row => row < reference) * test.Count(row => row >= reference);
            areas[held] = 0.5 + (Compare(test, reference, scores).Wins / pairs);
        }

        sbyte[] label = [.. Enumerable.Range(0, rows.Count).Select(row => (sbyte)(row < reference ? 0 : 1))];
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(RankOrder.Ascending(scores), scores, label, [], [], area);
        for (int next = 1; next < Folds; next++)
        {
            int[] test = [.. Enumerable.Range(0, rows.Count).Where(row => fold[row] == next)];
            Place(rows, reference, fit, row => fold[row] < next, test, scores);
            (double own, double spread) = Compare(test, reference, scores);
            wins += own;
            variance += spread;
        }

        double z = variance > 0 ? wins / Math.Sqrt(variance) : 0;
        double p = z >= 0 ? NormalQuantile.TwoSidedP(z) / 2 : 1 - (NormalQuantile.TwoSidedP(z) / 2);
        Interval? spreadOfFolds = NadeauBengio.Compute(areas, 1.0 / (Folds - 1), level).Interval;
        double half = spreadOfFolds is { } ends ? (ends.High - ends.Low) / 2 : 0;
        return new DomainScore(
            name, area[0].Area, spreadOfFolds is null ? null : new Interval(Math.Max(0, area[0].Area - half), Math.Min(1, area[0].Area + half)), p);
    }

    private static void Place(
        TrainingRows rows, int reference, Func<TrainingRows, double[], Scorer> fit, Func<int, bool> trains, int[] test, double[] scores)
    {
        int[] train = [.. Enumerable.Range(0, rows.Count).Where(trains)];
        Scorer scorer = fit(rows.Take(train), [.. train.Select(row => row < reference ? 0.0 : 1.0)]);
        foreach (int row in test)
        {
            scores[row] = scorer(rows.Row(row));
        }
    }

    private static (double Wins, double Variance) Compare(int[] test, int reference, double[] scores) => MannWhitney(
        [.. test.Where(row => row < reference).Select(row => scores[row])], [.. test.Where(row => row >= reference).Select(row => scores[row])]);

    // U of the current rows minus its expectation, and its variance with ties, where nothing differs.
    private static (double Wins, double Variance) MannWhitney(double[] reference, double[] current)
    {
        double n = reference.Length;
        double m = current.Length;
        double all = n + m;
        if (n == 0 || m == 0)
        {
            return (0, 0);
        }

        double[] values = [.. reference, .. current];
        bool[] second = [.. reference.Select(_ => false), .. current.Select(_ => true)];
        Array.Sort(values, second);
        double ranks = 0;
        double ties = 0;
        for (int from = 0; from < values.Length;)
        {
            int to = from;
            int own = 0;
            for (; to < values.Length && values[to] == values[from]; to++)
            {
                own += second[to] ? 1 : 0;
            }

            double tied = to - from;
            ranks += own * (from + to + 1) / 2.0;
            ties += (tied * tied * tied) - tied;
            from = to;
        }

        double wins = ranks - (m * (m + 1) / 2) - (n * m / 2);
        return (wins, n * m / 12 * (all + 1 - (all > 1 ? ties / all / (all - 1) : 0)));
    }
}
