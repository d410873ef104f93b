namespace Governance.Audit.Explanations.Methods;

/// <summary>How long a masked row takes here, from its making to its output: the unit of cost estimates.</summary>
/// <param name="SecondsPerRow">On one thread, in full batches.</param>
/// <param name="Rows">Rows that the calibration sent to the model; not part of a run's counts.</param>
public sealed record ModelPace(double SecondsPerRow, long Rows)
{
    private const int Coalitions = 24;
    private const int MostPasses = 4;

    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(20);

    /// <summary>Seconds for so many rows on the task's threads.</summary>
    /// <param name="rows">Model rows, at least 0.</param>
    /// <param name="threads">At least 1.</param>
    public double Seconds(double rows, int threads) =>
        rows * SecondsPerRow / Math.Clamp(threads, 1, Environment.ProcessorCount);

    /// <summary>
    /// Times the first row's game on random coalitions: once for the compiler and the caches, then in growing passes
    /// until one takes 20 ms.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static ModelPace Measure(AttributionTask task, CancellationToken cancellationToken)
    {
        CountedModel model = new(task.Request.Model);
        double[] empty = task.BaseValue(cancellationToken);
        MaskedGame game = new(task.Background, task.Rows.Slice(0, 1), model, empty, cancellationToken);
        double best = double.PositiveInfinity;
        int coalitions = Coalitions;
        for (int pass = 0; pass <= MostPasses; pass++)
        {
            CoalitionSet some = Random(task.Players.Count, coalitions, pass);
            long before = model.Rows;
            long started = task.Time.GetTimestamp();
            game.Value(some, 1, cancellationToken);
            TimeSpan took = task.Time.GetElapsedTime(started);
            long rows = Math.Max(1, model.Rows - before);
            if (pass > 0)
            {
                best = Math.Min(best, took.TotalSeconds / rows);
            }

            if (pass > 0 && took >= Enough)
            {
                break;
            }

            // A slow model is timed on fewer rows: one pass stays well under a second.
            coalitions = took > 4 * Enough ? Math.Max(1, coalitions / 8) : Math.Min(coalitions * 4, 2048);
        }

        return new ModelPace(Math.Max(best, 1e-10), model.Rows);
    }

    private static CoalitionSet Random(int players, int count, int stream)
    {
        SeededRandom random = new(0, stream);
        CoalitionSet coalitions = new(players, count);
        for (int coalition = 0; coalition < count; coalition++)
        {
            for (int player = 0; player < players; player++)
            {
                if ((random.Next() & 1) != 0)
                {
                    coalitions.Add(coalition, player);
                }
            }
        }

        return coalitions;
    }
}
