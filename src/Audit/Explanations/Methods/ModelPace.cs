namespace Governance.Audit.Explanations.Methods;

/// <summary>How long masked rows take here: the units of cost estimates.</summary>
/// <param name="SecondsPerRow">From the making of a row to its output, on one thread, in full batches.</param>
/// <param name="SecondsPerPair">To find the row that a coalition and a background row mask to, on one thread.</param>
/// <param name="Rows">Rows that the calibration sent to the model; not part of a run's counts.</param>
public sealed record ModelPace(double SecondsPerRow, double SecondsPerPair, long Rows)
{
    private const int FirstCoalitions = 24;
    private const int MostCoalitions = 1024;
    private const int MostPasses = 8;

    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(60);

    /// <summary>Wall seconds for so many model rows on some threads.</summary>
    /// <param name="rows">At least 0.</param>
    /// <param name="threads">At least 1.</param>
    public double Seconds(double rows, int threads) => rows * SecondsPerRow / Cores(threads);

    /// <summary>Threads that run at the same time here.</summary>
    internal static int Cores(int threads) => Math.Clamp(threads, 1, Environment.ProcessorCount);

    /// <summary>
    /// Times the first row's game on random coalitions: once for the compiler and the caches, then in growing passes
    /// until they took 60 ms together. Their mean counts, so that what else the machine does is in it.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static ModelPace Measure(AttributionTask task, CancellationToken cancellationToken)
    {
        CountedModel model = new(task.Request.Model);
        MaskedGame game = task.Game(0, model, cancellationToken);
        double scoring = 0;
        double counting = 0;
        double rows = 0;
        double pairs = 0;
        int coalitions = FirstCoalitions;
        for (int pass = 0; pass <= MostPasses && scoring + counting < Enough.TotalSeconds; pass++)
        {
            CoalitionSet some = CoalitionSet.Random(task.Players.Count, coalitions, pass);
            long started = task.Time.GetTimestamp();
            game.CountRows(some);
            double counted = task.Time.GetElapsedTime(started).TotalSeconds;
            long before = model.Rows;
            started = task.Time.GetTimestamp();
            game.Value(some, 1, cancellationToken);
            double took = task.Time.GetElapsedTime(started).TotalSeconds;
            if (pass > 0)
            {
                counting += counted;
                scoring += took;
                rows += Math.Max(1, model.Rows - before);
                pairs += (double)coalitions * task.Background.Rows.Rows;
            }

            // A slow model is timed on fewer rows: a pass stays under a second.
            coalitions = took > Enough.TotalSeconds ? Math.Max(1, coalitions / 8) : Math.Min(coalitions * 4, MostCoalitions);
        }

        // The runs count their rows too, so what counting took is taken off.
        return new ModelPace(Math.Max(scoring - counting, scoring / 4) / rows, counting / pairs, model.Rows);
    }
}
