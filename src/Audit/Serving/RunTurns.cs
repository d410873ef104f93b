namespace Governance.Audit.Serving;

/// <summary>Who may use a core for a model: as many at once as there are cores, over all versions, in the order of asking.</summary>
public sealed class RunTurns : IDisposable
{
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount));

    /// <summary>How many at once.</summary>
    public static int Lanes => Math.Max(1, Environment.ProcessorCount);

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    internal Task WaitAsync(CancellationToken cancellationToken) => turns.WaitAsync(cancellationToken);

    internal void Release() => turns.Release();
}
