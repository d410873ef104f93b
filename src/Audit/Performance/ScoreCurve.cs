namespace Governance.Audit.Performance;

/// <summary>One cut of the scores: what deciding from this score on gives.</summary>
/// <param name="Threshold">The score from which on the positive class is predicted, inclusive; infinite where nothing is.</param>
/// <param name="FalsePositiveRate">In [0, 1]; NaN without negatives.</param>
/// <param name="TruePositiveRate">In [0, 1]: recall, and the height of the gain curve; NaN without positives.</param>
/// <param name="Precision">In [0, 1]; 1 where nothing is chosen.</param>
/// <param name="Chosen">The share of rows chosen, in [0, 1].</param>
public readonly record struct CurvePoint(
    double Threshold, double FalsePositiveRate, double TruePositiveRate, double Precision, double Chosen)
{
    /// <summary>How many times more positives are among the chosen than among all; NaN without positives or where nothing is chosen.</summary>
    public double Lift => TruePositiveRate / Chosen;
}

/// <summary>The points of the curves of ROC, precision–recall, gain and lift: one for each distinct score.</summary>
public static class ScoreCurve
{
    /// <summary>Computes the points, from nothing chosen to all. O(rows) after sorting.</summary>
    /// <param name="order">The rows in ascending order of score.</param>
    /// <param name="score">Shape [rows].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known (the row is left out).</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    public static IReadOnlyList<CurvePoint> Points(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight)
    {
        double positives = 0;
        double negatives = 0;
        foreach (int row in order)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            positives += label[row] == 1 ? mass : 0;
            negatives += label[row] == 0 ? mass : 0;
        }

        List<CurvePoint> points = [new(double.PositiveInfinity, negatives > 0 ? 0 : double.NaN, positives > 0 ? 0 : double.NaN, 1, 0)];
        double hits = 0;
        double alarms = 0;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int row = order[i];
            double mass = weight.IsEmpty ? 1 : weight[row];
            hits += label[row] == 1 ? mass : 0;
            alarms += label[row] == 0 ? mass : 0;
            if (hits + alarms > 0 && (i == 0 || score[order[i - 1]] != score[row]))
            {
                points.Add(new CurvePoint(
                    score[row], alarms / negatives, hits / positives, hits / (hits + alarms), (hits + alarms) / (positives + negatives)));
            }
        }

        return points;
    }

    /// <summary>The Kolmogorov–Smirnov statistic of the scores: the largest true positive rate less false positive rate.</summary>
    /// <returns>In [0, 1]; NaN where a class is missing.</returns>
    public static double KolmogorovSmirnov(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight)
    {
        double positives = 0;
        double negatives = 0;
        foreach (int row in order)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            positives += label[row] == 1 ? mass : 0;
            negatives += label[row] == 0 ? mass : 0;
        }

        if (!(positives > 0 && negatives > 0))
        {
            return double.NaN;
        }

        double most = 0;
        double hits = 0;
        double alarms = 0;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int row = order[i];
            double mass = weight.IsEmpty ? 1 : weight[row];
            hits += label[row] == 1 ? mass : 0;
            alarms += label[row] == 0 ? mass : 0;
            if (i == 0 || score[order[i - 1]] != score[row])
            {
                most = Math.Max(most, (hits / positives) - (alarms / negatives));
            }
        }

        return most;
    }

    /// <summary>The share of positives among the highest-scored rows; of rows tied at the cut their mean.</summary>
    /// <param name="order">The rows in ascending order of score.</param>
    /// <param name="score">Shape [rows].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known (the row is left out).</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="share">How much of the weight is chosen, in (0, 1].</param>
    /// <returns>The share of all positives that is among them, in [0, 1]; NaN without positives.</returns>
    public static double Caught(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight, double share)
    {
        double all = 0;
        double positives = 0;
        foreach (int row in order)
        {
            double mass = weight.IsEmpty ? 1 : weight[row];
            all += label[row] >= 0 ? mass : 0;
            positives += label[row] == 1 ? mass : 0;
        }

        double wanted = share * all;
        double hits = 0;
        double chosen = 0;
        for (int end = order.Length; end > 0 && positives > 0;)
        {
            int start = end;
            double tied = 0;
            double tiedHits = 0;
            for (; start > 0 && score[order[start - 1]] == score[order[end - 1]]; start--)
            {
                int row = order[start - 1];
                double mass = weight.IsEmpty ? 1 : weight[row];
                tied += label[row] >= 0 ? mass : 0;
                tiedHits += label[row] == 1 ? mass : 0;
            }

            if (chosen + tied >= wanted)
            {
                return (hits + (tied > 0 ? tiedHits * (wanted - chosen) / tied : 0)) / positives;
            }

            hits += tiedHits;
            chosen += tied;
            end = start;
        }

        return positives > 0 ? 1 : double.NaN;
    }

    /// <summary>At most so many of the points, both ends kept, spaced evenly along the curve of recall and share chosen.</summary>
    /// <param name="points">From nothing chosen to all.</param>
    /// <param name="most">At least 2.</param>
    public static IReadOnlyList<CurvePoint> Thinned(IReadOnlyList<CurvePoint> points, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        if (points.Count <= most)
        {
            return points;
        }

        // The way along the curve; a rate that does not exist does not move.
        double Step(int i) => Moved(points[i].Chosen, points[i - 1].Chosen) + Moved(points[i].TruePositiveRate, points[i - 1].TruePositiveRate);
        double length = Enumerable.Range(1, points.Count - 1).Sum(Step);
        List<CurvePoint> kept = [points[0]];
        double way = 0;
        for (int i = 1; i < points.Count - 1; i++)
        {
            way += Step(i);
            if (way >= length * kept.Count / (most - 1) && kept.Count < most - 1)
            {
                kept.Add(points[i]);
            }
        }

        kept.Add(points[^1]);
        return kept;
    }

    private static double Moved(double to, double from) => double.IsNaN(to) ? 0 : Math.Abs(to - from);
}
