using System.Net;
using System.Net.Sockets;

namespace Governance.Registry.Alerts;

/// <summary>How webhooks reach the network: a seam, so that tests send no packet.</summary>
/// <param name="Resolve">The addresses of a host name.</param>
/// <param name="Connect">Opens a connection to one address.</param>
public sealed record WebhookNetwork(
    Func<string, CancellationToken, Task<IPAddress[]>> Resolve, Func<IPEndPoint, CancellationToken, ValueTask<Stream>> Connect)
{
    /// <summary>The machine's own resolver and sockets.</summary>
    public static WebhookNetwork Real { get; } = new(Dns.GetHostAddressesAsync, ConnectAsync);

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
