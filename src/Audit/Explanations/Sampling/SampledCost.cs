using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>How many coalitions a row will take, and what that costs.</summary>
internal static class SampledCost
{
    /// <summary>Coalitions by which the different masked rows among them are counted; the share hardly changes beyond.</summary>
    private const int Counted = 2048;

    // Two small samples of the first row, by which the fall of the width is judged.
    private const int Pilot = 128;
    private const double PilotGrowth = 2;

    // A width falls with the root of the sample at least, and with no more than its cube where a regression catches on.
    private const double LeastFall = 0.5;
    private const double MostFall = 3;

    // Stages overshoot by half their growth on average.
    private const double Overshoot = 1.25;

    /// <summary>Coalitions a row: the budget, or what a width is likely to need, from two small samples of the first row.</summary>
    /// <param name="task">The task.</param>
    /// <param name="budget">Its budget.</param>
    /// <param name="sample">The method.</param>
    /// <param name="least">The smallest sample that has intervals.</param>
    /// <param name="cancellationToken">Ends the pilot.</param>
    public static int Played(AttributionTask task, SampleBudget budget, SampleGame sample, long least, CancellationToken cancellationToken)
    {
        int first = (int)Math.Min(budget.Samples, Math.Max(Pilot, least));
        int second = (int)Math.Min(budget.Samples, PilotGrowth * first);
        if (budget.UntilWidth is not double width || second == first)
        {
            return budget.Samples;
        }

        CountedModel model = new(task.Request.Model);
        double[] empty = task.BaseValue(cancellationToken);
        MaskedGame game = task.Game(0, model, cancellationToken);
        double early = Width(first);
        double late = Width(second);
        task.Calibrated(model.Rows);
        double fall = Math.Clamp(Math.Log(early / late) / Math.Log((double)second / first), LeastFall, MostFall);
        double needed = early < width ? first : second * Math.Pow(late / width, 1 / fall) * Overshoot;
        return (int)Math.Clamp(double.IsNaN(needed) ? budget.Samples : needed, first, budget.Samples);

        double Width(int samples) => sample(
            task.Players.Count, new SampleBudget(samples, null), new SeededRandom(task.Request.Seed, task.RowIndex(0)), empty, game.Full.ToArray(),
            coalitions => game.Value(coalitions, task.Request.Threads, cancellationToken), cancellationToken).Attribution.Width;
    }

    /// <summary>The cost of playing so many coalitions a row.</summary>
    /// <param name="task">The task.</param>
    /// <param name="played">How many.</param>
    /// <param name="draw">Draws so many coalitions.</param>
    /// <param name="cancellationToken">Ends the calibration.</param>
    public static CostEstimate Of(AttributionTask task, int played, Func<int, CoalitionSet> draw, CancellationToken cancellationToken) =>
        GameCost.Of(task, draw(Math.Min(played, Math.Max(Counted, task.Players.Count * 4))), played, cancellationToken);
}
