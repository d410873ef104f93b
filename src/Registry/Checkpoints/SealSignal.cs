using Governance.Registry.Ledger;

namespace Governance.Registry.Checkpoints;

/// <summary>Wakes whoever seals checkpoints, as soon as this process has committed entries that ask for one at once.</summary>
public sealed class SealSignal : IDisposable
{
    private readonly SemaphoreSlim wanted = new(0, 1);
    private int waiting;

    /// <summary>Told by the append gate after a commit.</summary>
    internal void Committed(IReadOnlyList<LedgerLeaf> leaves)
    {
        int now = Interlocked.Add(ref waiting, leaves.Count);
        if (now >= CheckpointPolicy.Entries || leaves.Any(leaf => CheckpointPolicy.IsAtOnce(leaf.Action)))
        {
            Wake();
        }
    }

    /// <summary>Told after a checkpoint was sealed.</summary>
    internal void Sealed() => Interlocked.Exchange(ref waiting, 0);

    /// <summary>Waits until a checkpoint is wanted at once, or until the time is over.</summary>
    /// <returns>Whether it is wanted at once.</returns>
    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => wanted.WaitAsync(longest, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => wanted.Dispose();

    private void Wake()
    {
        lock (wanted)
        {
            if (wanted.CurrentCount == 0)
            {
                wanted.Release();
            }
        }
    }
}
