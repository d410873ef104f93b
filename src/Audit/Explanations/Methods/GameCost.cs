namespace Governance.Audit.Explanations.Methods;

/// <summary>What methods cost that play each row's game on a number of coalitions.</summary>
public static class GameCost
{
    // Counting is much quicker than scoring; so many pairs are counted, the rest follows from their share.
    private const double MostPairs = 2e6;

    private const int MostRows = 3;

    // Coalitions by which those of an enumeration are judged that a fused model plays.
    private const int MostLooked = 1024;

    /// <summary>The cost of playing these coalitions, or as many of the same kind, for every row of the task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="coalitions">The coalitions, or a sample of them.</param>
    /// <param name="played">How many will be played for a row.</param>
    /// <param name="cancellationToken">Ends the calibration.</param>
    public static CostEstimate Of(AttributionTask task, CoalitionSet coalitions, double played, CancellationToken cancellationToken)
    {
        ModelPace pace = task.Pace(cancellationToken);
        int rows = task.Rows.Rows;
        int looked = (int)Math.Clamp(Math.Min(MostRows, rows), 1, Math.Max(1, MostPairs / ((double)coalitions.Count * task.Background.Rows.Rows)));
        double distinct = 0;
        for (int i = 0; i < looked; i++)
        {
            distinct += MaskedGame.CountRows(
                task.Background, task.Rows.Slice(i * rows / looked, 1), task.Transport(cancellationToken).Fused, coalitions);
        }

        // The row itself is scored beside its masked rows.
        double each = (distinct / looked * played / Math.Max(1, coalitions.Count)) + 1;
        double seconds = (each * pace.SecondsPerRow) + (played * task.Background.Rows.Rows * pace.SecondsPerPair);
        return new CostEstimate(
            task.Background.Rows.Rows + (long)(rows * each), rows * seconds / ModelPace.Cores(task.Request.Threads));
    }

    /// <summary>The cost of enumerating all coalitions for every row of the task.</summary>
    internal static CostEstimate OfEnumeration(AttributionTask task, CancellationToken cancellationToken)
    {
        if (task.Transport(cancellationToken).Fused is not null)
        {
            double all = Math.ScaleB(1, task.Players.Count);
            return Of(task, CoalitionSet.Random(task.Players.Count, (int)Math.Min(all, MostLooked), 0), all, cancellationToken);
        }

        ModelPace pace = task.Pace(cancellationToken);
        int rows = task.Rows.Rows;
        EnumeratedGame game = new(task.Background, task.Model, task.BackgroundScores(cancellationToken), task.Request.Outputs);
        double pairs = 0;
        double distinct = 0;
        double counting = 0;
        int looked = 0;
        for (; looked < Math.Min(MostRows, rows) && pairs <= MostPairs; looked++)
        {
            long started = task.Time.GetTimestamp();
            (double rowPairs, double rowDistinct) = game.Count(task.Rows.Slice(looked * rows / Math.Min(MostRows, rows), 1), (long)MostPairs);
            counting = Math.Max(counting, task.Time.GetElapsedTime(started).TotalSeconds / Math.Min(rowPairs, MostPairs));
            pairs += rowPairs;
            distinct += rowDistinct;
        }

        // Finding the rows is what was timed; adding their outputs up and the values themselves cost about as much again.
        double seconds = (distinct * pace.SecondsPerRow) + (2 * pairs * Math.Min(counting, 10 * pace.SecondsPerPair));
        return new CostEstimate(
            task.Background.Rows.Rows + (long)(rows * ((distinct / looked) + 1)),
            rows * seconds / looked / ModelPace.Cores(task.Request.Threads));
    }
}
