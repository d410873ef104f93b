using Governance.Audit.Performance;

namespace Governance.Audit.Mitigation;

/// <summary>A group's scores in order, with what lies above each: what a single threshold does is then found by halving.</summary>
public sealed class ScoreTail
{
    private readonly double[] scores;
    private readonly double[] positives;
    private readonly double[] negatives;

    private ScoreTail(string name, double[] scores, double[] positives, double[] negatives) =>
        (Name, this.scores, this.positives, this.negatives) = (name, scores, positives, negatives);

    /// <summary>The group.</summary>
    public string Name { get; }

    /// <summary>Sorts the rows of a group. O(rows log rows).</summary>
    public static ScoreTail Of(GroupRows rows)
    {
        int[] order = RankOrder.Ascending(rows.Scores);
        double[] scores = Array.ConvertAll(order, row => rows.Scores[row]);
        double[] positives = new double[order.Length + 1];
        double[] negatives = new double[order.Length + 1];
        for (int at = order.Length - 1; at >= 0; at--)
        {
            double weight = rows.Weights.Length == 0 ? 1 : rows.Weights[order[at]];
            positives[at] = positives[at + 1] + (rows.Labels[order[at]] == 1 ? weight : 0);
            negatives[at] = negatives[at + 1] + (rows.Labels[order[at]] == 1 ? 0 : weight);
        }

        return new ScoreTail(rows.Name, scores, positives, negatives);
    }

    /// <summary>How far the furthest score is from a threshold.</summary>
    public double Furthest(double threshold) => Math.Max(Math.Abs(scores[0] - threshold), Math.Abs(scores[^1] - threshold));

    /// <summary>The rows with scores from <paramref name="low"/> to <paramref name="high"/>, both inclusive.</summary>
    public int Count(double low, double high) => First(high, inclusive: false) - First(low, inclusive: true);

    /// <summary>What comes of predicting the scores above a threshold positive. O(log rows).</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="inclusive">Whether the threshold itself is above it.</param>
    public Confusion Above(double threshold, bool inclusive)
    {
        int first = First(threshold, inclusive);
        return new Confusion(positives[first], negatives[first], positives[0], negatives[0]);
    }

    // The first row whose score is at the threshold or above it, or, exclusively, above it alone.
    private int First(double threshold, bool inclusive)
    {
        int low = 0;
        int high = scores.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = scores[middle] < threshold || (!inclusive && scores[middle] == threshold) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
