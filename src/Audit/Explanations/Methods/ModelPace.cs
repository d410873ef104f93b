namespace Governance.Audit.Explanations.Methods;

/// <summary>How long masked rows take here: the units of cost estimates.</summary>
/// <param name="SecondsPerRow">From the making of a row to its output, on one thread, in full batches.</param>
/// <param name="SecondsPerPair">To find the row that a coalition and a background row mask to, on one thread.</param>
/// <param name="Rows">Rows that the calibration sent to the model; not part of a run's counts.</param>
public sealed record ModelPace(double SecondsPerRow, double SecondsPerPair, long Rows)
{
    private const int FirstCoalitions = 24;
    private const int MostCoalitions = 1024;
    private const int MostPasses = 5;

    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(25);

    /// <summary>Wall seconds for so many model rows on some threads.</summary>
    /// <param name="rows">At least 0.</param>
    /// <param name="threads">At least 1.</param>
    public double Seconds(double rows, int threads) => rows * SecondsPerRow / Cores(threads);

    /// <summary>Threads that run at the same time here.</summary>
    internal static int Cores(int threads) => Math.Clamp(threads, 1, Environment.ProcessorCount);

    /// <summary>
    /// Times the first row's game on random coalitions: once for the compiler and the caches, then in growing passes
    /// until one takes 25 ms. The last pass counts: it has seen the most of what else the machine does.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static ModelPace Measure(AttributionTask task, CancellationToken cancellationToken)
    {
        CountedModel model = new(task.Request.Model);
        double[] empty = task.BaseValue(cancellationToken);
        MaskedGame game = new(task.Background, task.Rows.Slice(0, 1), model, empty, cancellationToken);
        double row = 0;
        double pair = 0;
        int coalitions = FirstCoalitions;
        for (int pass = 0; pass <= MostPasses; pass++)
        {
            CoalitionSet some = Random(task.Players.Count, coalitions, pass);
            double pairs = (double)coalitions * task.Background.Rows.Rows;
            long counting = task.Time.GetTimestamp();
            game.CountRows(some);
            double counted = task.Time.GetElapsedTime(counting).TotalSeconds;
            long before = model.Rows;
            long started = task.Time.GetTimestamp();
            game.Value(some, 1, cancellationToken);
            TimeSpan took = task.Time.GetElapsedTime(started);
            pair = counted / pairs;
            row = Math.Max(took.TotalSeconds - counted, took.TotalSeconds / 4) / Math.Max(1, model.Rows - before);
            if (pass > 0 && took >= Enough)
            {
                break;
            }

            // A slow model is timed on fewer rows: one pass stays well under a second.
            coalitions = took > 4 * Enough ? Math.Max(1, coalitions / 8) : Math.Min(coalitions * 4, MostCoalitions);
        }

        return new ModelPace(Math.Max(row, 1e-10), Math.Max(pair, 1e-11), model.Rows);
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
