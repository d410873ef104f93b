using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>Resamples rows by giving each as much weight as it was drawn, and measures them anew: for any figures.</summary>
internal static class RowBootstrap
{
    /// <summary>Runs it. O(resamples · cost of measuring).</summary>
    public static GroupBootstrap Run(
        MeasuredRows rows, int[] codes, IReadOnlyList<string> names, BootstrapOptions options, CancellationToken cancellationToken)
    {
        double[] own = rows.Weight.ToArray();
        IReadOnlyList<string> metrics = rows.Metrics;
        int width = metrics.Count;
        BootstrapResult result = Statistics.Resampling.Bootstrap.OfRows(
            rows.Rows, (names.Count + 1) * width,
            (counts, figures) =>
            {
                double[] weights = new double[counts.Length];
                for (int row = 0; row < weights.Length; row++)
                {
                    weights[row] = counts[row] * (own.Length == 0 ? 1 : own[row]);
                }

                MeasuredRows drawn = rows.Reweighted(weights);
                IReadOnlyList<GroupFigures> groups = drawn.Count(codes, names);
                for (int group = 0; group < groups.Count; group++)
                {
                    Write(groups[group], figures.Slice(group * width, width));
                }

                Write(drawn.Count([], [""])[0], figures.Slice(names.Count * width, width));
            },
            options, cancellationToken);
        return new GroupBootstrap(metrics, names.Count, result.AllDraws, result.AllInfluences, options);

        void Write(GroupFigures group, Span<double> figures)
        {
            for (int metric = 0; metric < width; metric++)
            {
                figures[metric] = group[metrics[metric]].Value;
            }
        }
    }
}
