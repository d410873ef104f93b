using Governance.Registry.Evidence;

namespace Governance.Audit.Runs;

/// <summary>Writes a run's progress to its row a few times a second, and cancels the run where someone asked for it.</summary>
internal sealed class WrittenProgress : IRunProgress, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly ReportProgress report;
    private readonly AuditRunId run;
    private readonly CancellationTokenSource cancel;
    private readonly CancellationTokenSource stop = new();
    private readonly Task writing;
    private State latest = new("Starting", 0, 1);

    public WrittenProgress(ReportProgress report, AuditRunId run, CancellationTokenSource cancel)
    {
        this.report = report;
        this.run = run;
        this.cancel = cancel;
        writing = WriteAsync();
    }

    /// <inheritdoc/>
    public void Report(string stage, long done, long total) => latest = new State(stage, done, total);

    /// <summary>Stops writing; the row keeps what was written last.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await writing;
        stop.Dispose();
    }

    private async Task WriteAsync()
    {
        using PeriodicTimer timer = new(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                State now = latest;
                ProgressOutcome outcome = await report.RunAsync(run, now.Done, now.Total, now.Stage, stop.Token);
                if (outcome != ProgressOutcome.GoOn)
                {
                    await cancel.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the run is over
        }
    }

    private sealed record State(string Stage, long Done, long Total);
}
