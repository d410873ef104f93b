namespace Governance.Registry.Schedules;

/// <summary>Wakes the clock of this process as soon as a schedule changed or something that one waits for came.</summary>
/// <remarks>Other processes look by themselves every few seconds.</remarks>
public sealed class ScheduleSignal : IDisposable
{
    private readonly SemaphoreSlim wanted = new(0, 1);

    /// <summary>Says that there may be something to do.</summary>
    public void Wake()
    {
        lock (wanted)
        {
            if (wanted.CurrentCount == 0)
            {
                wanted.Release();
            }
        }
    }

    /// <summary>Waits until there may be something to do, or until the time is over.</summary>
    /// <returns>Whether somebody woke it.</returns>
    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => wanted.WaitAsync(longest, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => wanted.Dispose();
}
