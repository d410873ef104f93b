using Governance.Registry.Evidence;
using Governance.Registry.Protection;

namespace Governance.Audit.Runs;

/// <summary>Renews the lease of a run while this process works on it; on disposal gives it back.</summary>
internal sealed class HeldRun : IAsyncDisposable
{
    private readonly HoldLease hold;
    private readonly AuditRunId run;
    private readonly string node;
    private readonly CancellationTokenSource cancel;
    private readonly CancellationTokenSource over = new();
    private readonly Task beating;

    /// <summary>Begins to renew.</summary>
    /// <param name="hold">Where the lease stands.</param>
    /// <param name="run">Which run.</param>
    /// <param name="node">This process.</param>
    /// <param name="cancel">Cancelled where another process took the run over.</param>
    /// <param name="time">The clock.</param>
    public HeldRun(HoldLease hold, AuditRunId run, string node, CancellationTokenSource cancel, TimeProvider time)
    {
        this.hold = hold;
        this.run = run;
        this.node = node;
        this.cancel = cancel;
        beating = BeatAsync(new PeriodicTimer(RunLease.Beat, time));
    }

    /// <summary>Whether another process works on the run now.</summary>
    public bool Lost { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await beating;
        over.Dispose();
        try
        {
            await hold.EndAsync(run, node, CancellationToken.None);
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            // the lease ends by itself
        }
    }

    private async Task BeatAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            try
            {
                while (await timer.WaitForNextTickAsync(over.Token))
                {
                    await BeatOnceAsync();
                }
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                // the run is over
            }
        }
    }

    // A database that is away for a moment is no loss of the lease: others wait for many beats.
    private async Task BeatOnceAsync()
    {
        try
        {
            if (!await hold.BeatAsync(run, node, over.Token))
            {
                Lost = true;
                await cancel.CancelAsync();
            }
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            // the next beat tries again
        }
    }
}
