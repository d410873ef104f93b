using Microsoft.Extensions.Hosting;

namespace Governance.Audit.Serving;

/// <summary>Open while the host runs. Closed, what was accepted is finished and nothing new is.</summary>
public sealed class ServingDoor
{
    private volatile bool closed;

    /// <summary>A door that nobody closes but the caller.</summary>
    public ServingDoor()
    {
    }

    /// <summary>A door that closes as soon as the host is told to end, while its server still lets requests in flight finish.</summary>
    public ServingDoor(IHostApplicationLifetime lifetime)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        lifetime.ApplicationStopping.Register(Close);
    }

    /// <summary>Whether new work is refused.</summary>
    public bool IsClosed => closed;

    /// <summary>Refuses new work from now on.</summary>
    public void Close() => closed = true;
}
