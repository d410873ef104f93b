using Governance.Audit.Comparisons;
using Governance.Audit.Explanations;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Equivalence;

/// <summary>How alike two models' attributions of the same rows are, each figure with a bootstrap interval over rows. Pure.</summary>
/// <param name="Rows">Rows that were compared.</param>
/// <param name="Top">How many of a row's largest attributions the overlap and the signs look at.</param>
/// <param name="RankCorrelation">Mean over rows of Spearman's correlation of |attributions|; rows without differences in both agree fully.</param>
/// <param name="TopOverlap">Mean share of a row's largest that both name.</param>
/// <param name="SignChanges">Mean share of the first's largest whose sign is another in the second.</param>
/// <param name="Ndcg">Of the mean |attributions| over rows, the first's as gains.</param>
public sealed record AttributionAgreement(int Rows, int Top, AgreementFigure RankCorrelation, AgreementFigure TopOverlap, AgreementFigure SignChanges, AgreementFigure Ndcg)
{
    private const int MostTop = 5;
    private const int Resamples = 1_000;

    /// <summary>Compares.</summary>
    /// <param name="a">Shape [rows][features]: the first's attributions; at least one row, at least two features.</param>
    /// <param name="b">The second's, of the same rows and features in the same order.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <param name="seed">Of the resamples.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static AttributionAgreement Of(double[][] a, double[][] b, double level, int seed)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Length == 0 || a.Length != b.Length || a.Zip(b).Any(pair => pair.First.Length != pair.Second.Length) || a[0].Length < 2)
        {
            throw new ArgumentException("The two are of other rows or features, or there is one feature.", nameof(b));
        }

        int features = a[0].Length;
        int top = Math.Min(MostTop, Math.Max(1, features / 2));
        double[] figures = [.. a.Zip(b).SelectMany(pair => OfRow(pair.First, pair.Second, top))];
        double[] mean = new double[3], low = new double[3], high = new double[3];
        GlobalImportance.Compute(figures, Resamples, level, seed, mean, low, high);
        return new AttributionAgreement(
            a.Length, top, new(mean[0], [low[0], high[0]]), new(mean[1], [low[1], high[1]]), new(mean[2], [low[2], high[2]]), OfOrder(a, b, level, seed));
    }

    private static double[] OfRow(double[] a, double[] b, int top)
    {
        double[] first = Array.ConvertAll(a, Math.Abs);
        double[] second = Array.ConvertAll(b, Math.Abs);
        double rank = Correlation.Spearman(first, second);
        int[] largest = Largest(first, top);
        return
        [
            double.IsFinite(rank) ? rank : Flat(first) && Flat(second) ? 1 : 0,
            (double)largest.Intersect(Largest(second, top)).Count() / top,
            (double)largest.Count(feature => Math.Sign(a[feature]) != Math.Sign(b[feature])) / top,
        ];
    }

    // Row sums of |attributions| are resampled, so that each resample has its own order.
    private static AgreementFigure OfOrder(double[][] a, double[][] b, double level, int seed)
    {
        int[] all = [.. Enumerable.Range(0, a.Length)];
        double value = Agreed(a, b, all);
        SeededRandom random = new(seed, -31);
        double[] drawn = new double[Resamples];
        int[] rows = new int[a.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row] = random.NextBelow(rows.Length);
            }

            drawn[i] = Agreed(a, b, rows);
        }

        double[] known = [.. drawn.Where(double.IsFinite).Order()];
        return new AgreementFigure(
            double.IsFinite(value) ? value : null,
            known.Length == 0 ? null : [GlobalImportance.Quantile(known, (1 - level) / 2), GlobalImportance.Quantile(known, (1 + level) / 2)]);
    }

    private static double Agreed(double[][] a, double[][] b, int[] rows)
    {
        double[] first = Means(a, rows);
        double[] second = Means(b, rows);
        return first.All(gain => gain == 0) && second.All(gain => gain == 0) ? 1 : RankAgreement.Ndcg(first, second);
    }

    private static double[] Means(double[][] values, int[] rows) =>
        [.. Enumerable.Range(0, values[0].Length).Select(feature => rows.Average(row => Math.Abs(values[row][feature])))];

    private static int[] Largest(double[] values, int top) =>
        [.. Enumerable.Range(0, values.Length).OrderByDescending(feature => values[feature]).Take(top)];

    private static bool Flat(double[] values) => values.All(value => value == values[0]);
}

/// <summary>A figure of agreement.</summary>
/// <param name="Value">Null where undefined.</param>
/// <param name="Interval">[low, high], or null.</param>
public sealed record AgreementFigure(double? Value, IReadOnlyList<double>? Interval);
