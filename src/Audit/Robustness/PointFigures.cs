using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Statistics;

namespace Governance.Audit.Robustness;

/// <summary>The figures of points, with intervals over rows, all from the same resamples.</summary>
internal sealed class PointFigures
{
    private readonly AnsweredRows answers;
    private readonly ScoredRows[] baseline;
    private readonly RobustnessRequest request;
    private readonly double[] weights;
    private readonly double effective;

    /// <summary>Prepares the figures.</summary>
    public PointFigures(RobustnessRequest request, AnsweredRows answers, ChangedRows asTheyAre)
    {
        (this.request, this.answers) = (request, answers);
        baseline = [.. asTheyAre.Metrics.Select(metric => metric!)];
        weights = request.Weights is null ? RowBootstrap.Equal(request.Table.Rows) : [.. request.Weights];
        effective = weights.Sum() * weights.Sum() / weights.Sum(weight => weight * weight);
    }

    /// <summary>Points of several changes.</summary>
    /// <param name="drawn">For each point its strength and its draws; none where the model refused them.</param>
    /// <param name="refusals">For each point why the model refused; null where it did not.</param>
    /// <param name="cancellationToken">Ends the resampling.</param>
    /// <returns>The metrics of the rows as they are, and the points.</returns>
    public (IReadOnlyList<RobustMetric> Baseline, IReadOnlyList<RobustnessPoint> Points) Run(
        IReadOnlyList<(double Strength, IReadOnlyList<ChangedRows> Draws)> drawn, IReadOnlyList<string?> refusals, CancellationToken cancellationToken)
    {
        int metrics = answers.Metrics.Count;
        int each = 4 + (2 * metrics);
        double[][] flips = [.. drawn.Select(point => Mean(point.Draws, draw => draw.Flips, value => value))];
        double[][] sizes = [.. drawn.Select(point => Mean(point.Draws, draw => draw.Shifts, Math.Abs))];
        double[][] moves = [.. drawn.Select(point => Mean(point.Draws, draw => draw.Shifts, value => value))];
        double[][] silent = [.. drawn.Select(point => Mean(point.Draws, draw => draw.Silent, value => value))];
        double[] value = new double[metrics + (drawn.Count * each)];
        double[] low = new double[value.Length];
        double[] high = new double[value.Length];
        RowBootstrap.Run(weights, Figures, request.Resamples, request.Level, request.Seed, value, low, high, cancellationToken);
        RobustMetric[] own = [.. answers.Metrics.Select((metric, m) => new RobustMetric(metric.Name(), value[m], Figure(metric, m), 0, null))];
        return (own, [.. drawn.Select((point, i) => Point(i))]);

        void Figures(ReadOnlySpan<double> rows, Span<double> result)
        {
            for (int m = 0; m < metrics; m++)
            {
                result[m] = baseline[m].Value(rows);
            }

            for (int i = 0; i < drawn.Count; i++)
            {
                Span<double> figures = result.Slice(metrics + (i * each), each);
                figures[0] = answers.HasClasses ? Weighted(flips[i], rows) : double.NaN;
                figures[1] = answers.HasScores ? Weighted(sizes[i], rows) : double.NaN;
                figures[2] = answers.HasScores ? Weighted(moves[i], rows) : double.NaN;
                figures[3] = Weighted(silent[i], rows);
                for (int m = 0; m < metrics; m++)
                {
                    figures[4 + m] = Metric(drawn[i].Draws, m, rows);
                    figures[4 + metrics + m] = figures[4 + m] - result[m];
                }
            }
        }

        RobustnessPoint Point(int i)
        {
            int at = metrics + (i * each);
            return new RobustnessPoint
            {
                Strength = drawn[i].Strength,
                FlipRate = value[at],
                FlipInterval = Rate(at),
                ScoreShift = value[at + 1],
                ScoreShiftInterval = Interval(at + 1),
                MeanShift = value[at + 2],
                NoAnswer = value[at + 3],
                Metrics = [.. answers.Metrics.Select((metric, m) => new RobustMetric(
                    metric.Name(), value[at + 4 + m], Figure(metric, at + 4 + m), value[at + 4 + metrics + m], Interval(at + 4 + metrics + m)))],
                Refusal = refusals[i],
            };
        }

        double[]? Figure(ImportanceMetric metric, int figure) => metric == ImportanceMetric.Accuracy ? Rate(figure) : Interval(figure);

        // Where no row or every row has it, resamples all say the same, and that is no certainty.
        double[]? Rate(int figure) => value[figure] is 0 or 1 ? WilsonInterval.Compute(value[figure], effective, request.Level).ToArray() : Interval(figure);

        double[]? Interval(int figure) => double.IsNaN(low[figure]) || double.IsNaN(value[figure]) ? null : [low[figure], high[figure]];
    }

    private static double Metric(IReadOnlyList<ChangedRows> draws, int metric, ReadOnlySpan<double> rows)
    {
        double sum = draws.Count == 0 ? double.NaN : 0;
        foreach (ChangedRows draw in draws)
        {
            sum += draw.Metrics[metric]?.Value(rows) ?? double.NaN;
        }

        return sum / draws.Count;
    }

    private static double Weighted(double[] values, ReadOnlySpan<double> rows)
    {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < values.Length; row++)
        {
            sum += rows[row] * values[row];
            total += rows[row];
        }

        return values.Length == 0 ? double.NaN : sum / total;
    }

    // For each row the mean over draws; empty without any.
    private static double[] Mean(IReadOnlyList<ChangedRows> draws, Func<ChangedRows, double[]> part, Func<double, double> change)
    {
        if (draws.Count == 0)
        {
            return [];
        }

        double[] mean = new double[part(draws[0]).Length];
        foreach (ChangedRows draw in draws)
        {
            double[] values = part(draw);
            for (int row = 0; row < mean.Length; row++)
            {
                mean[row] += change(values[row]) / draws.Count;
            }
        }

        return mean;
    }
}
