using Governance.Audit.Performance;

namespace Governance.Audit.Explanations.Importance;

/// <summary>What a metric looks at: how wrong each row is, or how rows are ordered.</summary>
public sealed class ScoredRows
{
    private readonly ImportanceMetric metric;
    private readonly double[] losses;
    private readonly double[] scores;
    private readonly sbyte[] labels;
    private readonly int[] order;

    private ScoredRows(ImportanceMetric metric, double[] losses, double[] scores, sbyte[] labels)
    {
        this.metric = metric;
        this.losses = losses;
        this.scores = scores;
        this.labels = labels;
        order = metric == ImportanceMetric.RocAuc ? RankOrder.Ascending(scores) : [];
    }

    /// <summary>Rows by their losses, for every metric but the area under the ROC curve.</summary>
    /// <param name="metric">What the losses are of: 0 or 1 for accuracy, squared distances for rmse.</param>
    /// <param name="losses">Shape [rows], at least 0.</param>
    public static ScoredRows OfLosses(ImportanceMetric metric, double[] losses) => new(metric, losses, [], []);

    /// <summary>Rows by their scores, for the area under the ROC curve.</summary>
    /// <param name="scores">Shape [rows]: of the positive class.</param>
    /// <param name="labels">Shape [rows]: 1 positive, 0 negative.</param>
    public static ScoredRows OfScores(double[] scores, sbyte[] labels) => new(ImportanceMetric.RocAuc, [], scores, labels);

    /// <summary>Shape [rows], at least 0; empty for the area under the ROC curve.</summary>
    public ReadOnlySpan<double> Losses => losses;

    /// <summary>The metric over weighted rows. O(rows).</summary>
    /// <param name="weights">Shape [rows], at least 0.</param>
    /// <returns>NaN where it is undefined: no weight, or a class without any.</returns>
    public double Value(ReadOnlySpan<double> weights)
    {
        if (metric == ImportanceMetric.RocAuc)
        {
            Span<AucEstimate> area = stackalloc AucEstimate[1];
            RocAuc.Compute(order, scores, labels, weights, [], area);
            return area[0].Area;
        }

        double sum = 0;
        double total = 0;
        for (int row = 0; row < losses.Length; row++)
        {
            sum += weights[row] * losses[row];
            total += weights[row];
        }

        return metric switch
        {
            ImportanceMetric.Accuracy => 1 - (sum / total),
            ImportanceMetric.Rmse => Math.Sqrt(sum / total),
            _ => sum / total,
        };
    }
}
