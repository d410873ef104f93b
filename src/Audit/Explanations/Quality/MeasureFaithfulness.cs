using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Explanations.Quality;

/// <summary>Compares the order of attributions with random orders, row by row.</summary>
internal static class MeasureFaithfulness
{
    private const int RandomOrders = 10;
    private const int Resamples = 1000;
    private const double Level = 0.95;

    /// <summary>Measures.</summary>
    /// <param name="task">The model, the background, the players and the rows.</param>
    /// <param name="rows">The rows explained, in the order of the task's.</param>
    /// <param name="output">Which output.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static Faithfulness Run(AttributionTask task, IReadOnlyList<ExplainedRow> rows, int output, CancellationToken cancellationToken)
    {
        int players = task.Players.Count;
        double[] sums = new double[4 * (players + 1)];
        double[] gains = new double[2 * rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            MaskedGame game = task.Game(row, cancellationToken);
            double toward = game.Full.Span[output] >= task.BaseValue(cancellationToken)[output] ? 1 : -1;
            IReadOnlyList<double> values = rows[row].Values[output];
            List<int[]> orders = [[.. Enumerable.Range(0, players).OrderByDescending(player => toward * values[player])]];
            SeededRandom random = new(task.Request.Seed, 1_000_000L + rows[row].Row);
            for (int i = 0; i < RandomOrders; i++)
            {
                orders.Add(Shuffled(players, ref random));
            }

            (double[] Deletion, double[] Insertion)[] curves = RankCurve.Of(task, game, orders, output, cancellationToken);
            for (int order = 0; order < curves.Length; order++)
            {
                double share = order == 0 ? 1.0 / rows.Count : 1.0 / rows.Count / RandomOrders;
                Add(sums.AsSpan((order == 0 ? 0 : 2) * (players + 1)), curves[order].Deletion, share);
                Add(sums.AsSpan((order == 0 ? 1 : 3) * (players + 1)), curves[order].Insertion, share);
            }

            gains[2 * row] = curves.Skip(1).Average(curve => RankCurve.Area(curve.Deletion)) - RankCurve.Area(curves[0].Deletion);
            gains[(2 * row) + 1] = RankCurve.Area(curves[0].Insertion) - curves.Skip(1).Average(curve => RankCurve.Area(curve.Insertion));
        }

        double[] mean = new double[2];
        double[] low = new double[2];
        double[] high = new double[2];
        RowBootstrap.Run(
            RowBootstrap.Equal(rows.Count), (weights, result) => PartialDependence.Mean(gains, weights, result), Resamples, Level, task.Request.Seed,
            mean, low, high, cancellationToken);
        return new Faithfulness(
            RandomOrders, [.. Enumerable.Range(0, players + 1).Select(k => k / (double)players)],
            Part(0), Part(1), Part(2), Part(3), mean[0], [low[0], high[0]], mean[1], [low[1], high[1]]);

        double[] Part(int part) => sums[(part * (players + 1))..((part + 1) * (players + 1))];
    }

    private static void Add(Span<double> sums, double[] curve, double share)
    {
        for (int at = 0; at < curve.Length; at++)
        {
            sums[at] += share * curve[at];
        }
    }

    private static int[] Shuffled(int players, ref SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, players)];
        for (int i = players - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
