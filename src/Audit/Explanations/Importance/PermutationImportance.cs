using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Importance;

/// <summary>Whose permutation importance to measure, and how.</summary>
public sealed record PermutationRequest
{
    /// <summary>The model.</summary>
    public required IPredictor Predictor { get; init; }

    /// <summary>How its outputs become decisions.</summary>
    public required DecisionRule Rule { get; init; }

    /// <summary>The rows, encoded.</summary>
    public required InputBatch Rows { get; init; }

    /// <summary>The same rows readable.</summary>
    public required Table Table { get; init; }

    /// <summary>The column with what was true.</summary>
    public required string Label { get; init; }

    /// <summary>What is shuffled together: one player a column, or a group of features.</summary>
    public required IReadOnlyList<Player> Players { get; init; }

    /// <summary>What is measured.</summary>
    public required ImportanceMetric Metric { get; init; }

    /// <summary>One weight a row; null for equal weights.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>How often each player is shuffled, at least 1.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>Resamples of the bootstrap over rows.</summary>
    public int Resamples { get; init; } = RowBootstrap.DefaultResamples;

    /// <summary>The level of the intervals.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The seed.</summary>
    public int Seed { get; init; }
}

/// <summary>Permutation importance: how much worse the model is when a column is shuffled among the rows.</summary>
/// <remarks>
/// Breiman, "Random forests", Machine Learning 45, 2001, section 10; Fisher, Rudin and Dominici, JMLR 20, 2019. Each repeat
/// has one permutation for all players, so that players are compared on the same shuffles. Columns that say much the same
/// stand in for each other: each of them looks less important than both together.
/// </remarks>
public static class PermutationImportance
{
    /// <summary>Measures. Costs rows · players · repeats rows of the model.</summary>
    /// <param name="request">What and how.</param>
    /// <param name="progress">Told the share done, in (0, 1]; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">Label, metric and model do not fit each other.</exception>
    public static PermutationReport Run(PermutationRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Repeats, 1);
        int rows = request.Rows.Rows;
        Decisions own = request.Rule.Decide(request.Predictor.Predict(request.Rows, cancellationToken), request.Table, request.Rows);
        RowTruth truth = RowTruth.Read(request.Table.Need(request.Label), request.Table, request.Rule, own, request.Metric);
        ScoredRows baseline = truth.Score(own);
        int[][] orders = [.. Enumerable.Range(0, request.Repeats).Select(repeat => Shuffle(rows, request.Seed, repeat))];
        ScoredRows[] shuffled = new ScoredRows[request.Players.Count * request.Repeats];
        for (int at = 0; at < shuffled.Length; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            InputBatch batch = Permuted(request.Rows, request.Players[at / request.Repeats], orders[at % request.Repeats]);
            shuffled[at] = truth.Score(request.Rule.Decide(request.Predictor.Predict(batch, cancellationToken), request.Table, batch));
            progress?.Report((at + 1.0) / shuffled.Length);
        }

        return Report(request, baseline, shuffled, (1L + shuffled.Length) * rows, cancellationToken);
    }

    private static PermutationReport Report(
        PermutationRequest request, ScoredRows baseline, ScoredRows[] shuffled, long modelRows, CancellationToken cancellationToken)
    {
        int players = request.Players.Count;
        double sign = request.Metric.LargerIsBetter() ? -1 : 1;
        double[] weights = request.Weights is null ? RowBootstrap.Equal(request.Rows.Rows) : [.. request.Weights];
        double[] value = new double[players + 1 + players]; // losses, the metric as it is, ranks
        double[] low = new double[value.Length];
        double[] high = new double[value.Length];
        RowBootstrap.Run(weights, Figures, request.Resamples, request.Level, request.Seed, value, low, high, cancellationToken);
        PermutedFeature[] features =
        [
            .. Enumerable.Range(0, players).Select(player =>
            {
                double[] repeats = [.. Enumerable.Range(0, request.Repeats).Select(repeat =>
                    sign * (shuffled[(player * request.Repeats) + repeat].Value(weights) - value[players]))];
                return new PermutedFeature(
                    request.Players[player].Name, value[player], StandardError(repeats), [low[player], high[player]], repeats, 0,
                    Ranks(low[players + 1 + player], high[players + 1 + player], players));
            }),
        ];
        return new PermutationReport
        {
            Metric = request.Metric.Name(),
            Baseline = value[players],
            BaselineInterval = [low[players], high[players]],
            Features = [.. features.OrderByDescending(feature => feature.Importance).Select((feature, i) => feature with { Rank = i + 1 })],
            Rows = request.Rows.Rows,
            Repeats = request.Repeats,
            Weighted = request.Weights is not null,
            Level = request.Level,
            Resamples = request.Resamples,
            ModelRows = modelRows,
            Seed = request.Seed,
        };

        void Figures(ReadOnlySpan<double> drawn, Span<double> result)
        {
            double own = result[players] = baseline.Value(drawn);
            for (int player = 0; player < players; player++)
            {
                double sum = 0;
                for (int repeat = 0; repeat < request.Repeats; repeat++)
                {
                    sum += shuffled[(player * request.Repeats) + repeat].Value(drawn) - own;
                }

                result[player] = sign * sum / request.Repeats;
            }

            for (int player = 0; player < players; player++)
            {
                result[players + 1 + player] = Rank(result[..players], player);
            }
        }
    }

    // Ties share their place; draws without a metric have no order.
    private static double Rank(ReadOnlySpan<double> losses, int player)
    {
        double rank = 1;
        for (int other = 0; other < losses.Length; other++)
        {
            rank += other == player ? 0 : losses[other] > losses[player] ? 1 : losses[other] < losses[player] ? 0 : 0.5;
        }

        return double.IsNaN(losses[player]) ? double.NaN : rank;
    }

    // Nothing known is any place.
    private static IReadOnlyList<int> Ranks(double low, double high, int players) =>
        double.IsNaN(low) || double.IsNaN(high) ? [1, players] : [(int)Math.Floor(low), (int)Math.Ceiling(high)];

    private static double? StandardError(double[] repeats)
    {
        if (repeats.Length < 2)
        {
            return null;
        }

        double mean = repeats.Average();
        return Math.Sqrt(repeats.Sum(value => (value - mean) * (value - mean)) / (repeats.Length - 1) / repeats.Length);
    }

    private static int[] Shuffle(int rows, int seed, int repeat)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        SeededRandom random = new(seed, 1L + repeat);
        for (int i = rows - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static InputBatch Permuted(InputBatch rows, Player player, int[] order)
    {
        InputBatch made = rows.Slice(0, rows.Rows);
        foreach (PlayerElement element in player.Elements)
        {
            InputTensor from = rows.Tensors[element.Tensor];
            Array to = made.Tensors[element.Tensor].Values;
            for (int row = 0; row < order.Length; row++)
            {
                Array.Copy(from.Values, (order[row] * from.Width) + element.Offset, to, (row * from.Width) + element.Offset, 1);
            }
        }

        return made;
    }
}
