namespace Governance.Audit.Explanations.Methods;

/// <summary>The loop of methods that explain one row after another.</summary>
/// <remarks>
/// Rows run in parallel, and where there are fewer rows than threads, the batches of a row do. A row's result may
/// depend on the row and its index alone, so that neither threads nor the rows around it change a bit of it.
/// </remarks>
public static class RowByRow
{
    /// <summary>Explains all rows of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="explain">Explains one row: its place among the task's rows, the threads it may use, the token.</param>
    /// <param name="progress">Told the share of rows done, in (0, 1], from any thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What <paramref name="explain"/> gave, in the order of the rows.</returns>
    public static T[] Run<T>(
        AttributionTask task, Func<int, int, CancellationToken, T> explain, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int rows = task.Rows.Rows;
        int rowThreads = Math.Clamp(task.Request.Threads, 1, rows);
        int threads = Math.Max(1, task.Request.Threads / rowThreads);
        T[] explained = new T[rows];
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = rowThreads, CancellationToken = cancellationToken };
        Unwrapped.For(rows, options, row =>
        {
            explained[row] = explain(row, threads, cancellationToken);
            progress?.Report(Interlocked.Increment(ref done) / (double)rows);
        });
        return explained;
    }
}
