using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Quality;

/// <summary>The deletion and insertion curves of one row.</summary>
internal static class RankCurve
{
    /// <summary>
    /// What is left of the output when the first k features of an order are unknown, and what is reached when only they are
    /// known, for k = 0 … features; signed so that the row's own output lies above the average.
    /// </summary>
    /// <param name="task">The model, the background and the players.</param>
    /// <param name="game">The row's game.</param>
    /// <param name="orders">Orders of the players.</param>
    /// <param name="output">Which output.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>For each order its deletion and its insertion curve, shape [features + 1] each.</returns>
    public static (double[] Deletion, double[] Insertion)[] Of(
        AttributionTask task, MaskedGame game, IReadOnlyList<int[]> orders, int output, CancellationToken cancellationToken)
    {
        int players = task.Players.Count;
        CoalitionSet coalitions = new(players, orders.Count * 2 * (players + 1));
        for (int order = 0; order < orders.Count; order++)
        {
            for (int known = 0; known <= players; known++)
            {
                int at = (order * 2 * (players + 1)) + known;
                for (int place = 0; place < players; place++)
                {
                    // Deletion keeps what comes after the first k, insertion knows only them.
                    coalitions.Add(place >= known ? at : at + players + 1, orders[order][place]);
                }
            }
        }

        int outputs = task.Request.Outputs;
        double[] values = game.Value(coalitions, task.Request.Threads, cancellationToken);
        double average = task.BaseValue(cancellationToken)[output];
        double sign = game.Full.Span[output] >= average ? 1 : -1;
        return
        [
            .. Enumerable.Range(0, orders.Count).Select(order => (
                Curve(order * 2 * (players + 1)), Curve((order * 2 * (players + 1)) + players + 1))),
        ];

        double[] Curve(int from) =>
            [.. Enumerable.Range(from, players + 1).Select(at => sign * (values[(at * outputs) + output] - average))];
    }

    /// <summary>The area under a curve over [0, 1], by trapezoids.</summary>
    public static double Area(IReadOnlyList<double> curve)
    {
        double sum = (curve[0] + curve[^1]) / 2;
        for (int i = 1; i < curve.Count - 1; i++)
        {
            sum += curve[i];
        }

        return sum / (curve.Count - 1);
    }
}
