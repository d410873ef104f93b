using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Explanations.Importance;

/// <summary>How firm an order of features is: what other rows of the same kind would do to it.</summary>
/// <remarks>
/// Rows are drawn with replacement; in each draw the features are ranked by their mean |value| anew. The probability that
/// one outranks another is the share of draws in which it does, ties counting half. It speaks of the choice of rows, not
/// of the error of sampled attributions. Of more than 5,000 rows, random blocks of rows are drawn (<see cref="RowBlocks"/>).
/// </remarks>
public static class RankStability
{
    /// <summary>Ranks in draws of rows.</summary>
    /// <param name="values">Shape [rows, features]: |attribution|.</param>
    /// <param name="features">Features a row.</param>
    /// <param name="resamples">At least 1.</param>
    /// <param name="level">In (0, 1).</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    public static RankReport Of(
        ReadOnlyMemory<double> values, int features, int resamples, double level, int seed, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<double> drawn, double[] rows) = RowBlocks.Of(values, features, seed);
        int pairs = features * features;
        double[] mean = new double[features];
        double[] figures = new double[pairs + features];
        double[] sums = new double[pairs];
        double[] low = new double[figures.Length];
        double[] high = new double[figures.Length];
        bool first = true;
        RowBootstrap.Run(rows, Rank, resamples, level, seed, figures, low, high, cancellationToken);
        return new RankReport(
            [.. Enumerable.Range(0, features).Select(i => (double[])[.. sums.AsSpan(i * features, features).ToArray().Select(sum => sum / resamples)])],
            [.. Enumerable.Range(0, features).Select(i => (int[])[(int)Math.Floor(low[pairs + i]), (int)Math.Ceiling(high[pairs + i])])]);

        // The first call is of all rows, as they are; it is no draw.
        void Rank(ReadOnlySpan<double> weights, Span<double> result)
        {
            PartialDependence.Mean(drawn.Span, weights, mean);
            for (int i = 0; i < features; i++)
            {
                double above = 0;
                for (int j = 0; j < features; j++)
                {
                    double wins = mean[i] > mean[j] ? 1 : mean[i] < mean[j] ? 0 : 0.5;
                    result[(i * features) + j] = wins;
                    sums[(i * features) + j] += first ? 0 : wins;
                    above += i == j ? 0 : 1 - wins;
                }

                result[pairs + i] = 1 + above;
            }

            first = false;
        }
    }
}

/// <summary>How firm an order of features is.</summary>
/// <param name="Outranks">Shape [features, features]: the probability that the first outranks the second; 0.5 on the diagonal.</param>
/// <param name="Ranks">Shape [features, 2]: the best and the worst rank within the level.</param>
public sealed record RankReport(IReadOnlyList<IReadOnlyList<double>> Outranks, IReadOnlyList<IReadOnlyList<int>> Ranks);
