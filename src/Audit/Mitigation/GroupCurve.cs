using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Performance;

namespace Governance.Audit.Mitigation;

/// <summary>One threshold of a group and what comes of it.</summary>
/// <param name="Counts">Who is predicted positive.</param>
/// <param name="Rule">The threshold, with a chance of 1.</param>
public readonly record struct CurvePoint(Confusion Counts, ThresholdRule Rule);

/// <summary>All that one threshold can make of a group's scores: its ROC curve, threshold by threshold.</summary>
public sealed class GroupCurve
{
    private GroupCurve(string group, int rows, Confusion all, CurvePoint[] points)
    {
        Group = group;
        Rows = rows;
        All = all;
        Points = points;
    }

    /// <summary>The group's name.</summary>
    public string Group { get; }

    /// <summary>Its rows with a label, never weighted.</summary>
    public int Rows { get; }

    /// <summary>The group when all are predicted positive.</summary>
    public Confusion All { get; }

    /// <summary>
    /// From nobody to everybody predicted positive; thresholds lie midway between neighbouring distinct scores. Behind them,
    /// where they were asked for, the inverted ones, which predict those below the threshold positive.
    /// </summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>Counts for each threshold. O(rows log rows).</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="scores">Shape [rows], finite.</param>
    /// <param name="labels">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="weights">Shape [rows], at least 0; empty for 1 each.</param>
    /// <param name="inverted">Whether thresholds may also be turned round.</param>
    /// <exception cref="InputException">The group has no positive or no negative row with a weight.</exception>
    public static GroupCurve Of(string group, double[] scores, sbyte[] labels, double[] weights, bool inverted)
    {
        double Weight(int row) => weights.Length == 0 ? 1 : weights[row];
        int[] order = RankOrder.Ascending(scores);
        Array.Reverse(order);
        double positives = order.Sum(row => labels[row] == 1 ? Weight(row) : 0);
        double negatives = order.Sum(row => labels[row] == 1 ? 0 : Weight(row));
        if (!(positives > 0 && negatives > 0))
        {
            throw new InputException($"The group '{group}' has labels of one class only, so no threshold of its own can be judged.");
        }

        Confusion nobody = new(0, 0, positives, negatives);
        List<CurvePoint> points = [new CurvePoint(nobody, new ThresholdRule(1, ThresholdOperator.Never, null))];
        double truePositives = 0;
        double falsePositives = 0;
        for (int at = 0; at < order.Length;)
        {
            double score = scores[order[at]];
            for (; at < order.Length && scores[order[at]] == score; at++)
            {
                truePositives += labels[order[at]] == 1 ? Weight(order[at]) : 0;
                falsePositives += labels[order[at]] == 1 ? 0 : Weight(order[at]);
            }

            points.Add(at == order.Length
                ? new CurvePoint(nobody with { TruePositives = positives, FalsePositives = negatives }, new ThresholdRule(1, ThresholdOperator.Always, null))
                : new CurvePoint(
                    nobody with { TruePositives = truePositives, FalsePositives = falsePositives },
                    new ThresholdRule(1, ThresholdOperator.Above, Between(scores[order[at]], score))));
        }

        Confusion all = points[^1].Counts;
        if (inverted)
        {
            points.AddRange([.. points.Where(point => point.Rule.Op == ThresholdOperator.Above).Select(Turned)]);
        }

        return new GroupCurve(group, scores.Length, all, [.. points]);
    }

    // Between neighbours in floating point there is no number: then the lower one itself, which "above" leaves out.
    private static double Between(double low, double high)
    {
        double middle = (high + low) / 2;
        return double.IsFinite(middle) && middle < high && middle >= low ? middle : low;
    }

    private static CurvePoint Turned(CurvePoint point) => new(
        point.Counts with
        {
            TruePositives = point.Counts.Positives - point.Counts.TruePositives,
            FalsePositives = point.Counts.Negatives - point.Counts.FalsePositives,
        },
        point.Rule with { Op = ThresholdOperator.Below });
}
