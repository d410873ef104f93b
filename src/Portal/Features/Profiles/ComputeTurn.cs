namespace Governance.Portal.Features.Profiles;

/// <summary>Lets a few computations of pages run at a time; the others wait their turn.</summary>
/// <remarks>Audits have a queue of their own. A page's computation ends when the person leaves the page or cancels it.</remarks>
internal sealed class ComputeTurn : IDisposable
{
    private const int AtOnce = 2;

    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>Runs a computation on a thread of its own when it is its turn.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => turns.Dispose();
}
