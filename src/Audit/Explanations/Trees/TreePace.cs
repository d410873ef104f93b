using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations.Trees;

/// <summary>What a run over trees will take, from two short runs over few rows.</summary>
internal static class TreePace
{
    private const int MostRows = 256;

    /// <summary>Estimates a run.</summary>
    /// <param name="task">The task.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="explain">Explains some rows on one thread.</param>
    /// <param name="cancellationToken">Ends the calibration.</param>
    public static CostEstimate Estimate(
        AttributionTask task, FeatureMatrix rows, Action<FeatureMatrix, CancellationToken> explain, CancellationToken cancellationToken)
    {
        int some = Math.Clamp(rows.Rows / 8, 1, MostRows);
        explain(Head(rows, 1), cancellationToken);
        double first = Time(1);
        double more = some == 1 ? first : Time(some);
        double slope = some == 1 ? 0 : Math.Max(more - first, 0) / (some - 1);
        double seconds = (first + (slope * (rows.Rows - 1))) / Math.Clamp(task.Request.Threads, 1, Environment.ProcessorCount);
        return new CostEstimate(Math.Min(rows.Rows, 16), Math.Max(seconds, 1e-5));

        double Time(int count)
        {
            FeatureMatrix head = Head(rows, count);
            long started = task.Time.GetTimestamp();
            explain(head, cancellationToken);
            return task.Time.GetElapsedTime(started).TotalSeconds;
        }
    }

    private static FeatureMatrix Head(FeatureMatrix rows, int count) => new(count, [.. rows.Columns.Select(column => column[..count])]);
}
