using Governance.Audit.Inference;

namespace Governance.Audit.Serving;

/// <summary>A row that waits for its run.</summary>
/// <param name="batch">The batch that it stands in.</param>
/// <param name="row">Which row of it.</param>
/// <param name="since">When it came, as the clock's timestamp.</param>
internal sealed class WaitingRow(InputBatch batch, int row, long since)
{
    private readonly TaskCompletionSource<Prediction> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The row.</summary>
    public (InputBatch Batch, int Row) Place => (batch, row);

    /// <summary>When it came.</summary>
    public long Since => since;

    /// <summary>Whether nobody waits for it any longer.</summary>
    public bool IsOver => outcome.Task.IsCompleted;

    /// <summary>Waits for its outputs; whoever goes away abandons it.</summary>
    public async Task<Prediction> OutcomeAsync(CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration gone = cancellationToken.Register(() => Abandon(cancellationToken));
        return await outcome.Task;
    }

    /// <summary>Told when nobody waits for it any longer; null while it is not run.</summary>
    public Action? WhenAbandoned { get; set; }

    /// <summary>It was computed.</summary>
    public void Give(Prediction outputs) => outcome.TrySetResult(outputs);

    /// <summary>It could not be computed.</summary>
    public void Fail(Exception fault) => outcome.TrySetException(fault);

    /// <summary>Ends a run that nobody waits for any longer.</summary>
    public static void CancelIfAllAreOver(List<WaitingRow> rows, CancellationTokenSource abandoned)
    {
        if (rows.TrueForAll(row => row.IsOver))
        {
            try
            {
                abandoned.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // the run ended meanwhile
            }
        }
    }

    // Nobody waits for it any longer.
    private void Abandon(CancellationToken cancellationToken)
    {
        outcome.TrySetCanceled(cancellationToken);
        WhenAbandoned?.Invoke();
    }
}
