using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Governance.Registry.Alerts;

/// <summary>Sends alerts to another program: signed, over HTTPS, to an address of the public internet.</summary>
/// <remarks>
/// The host is resolved once, every address is judged, and the connection goes to one of those judged, so that a name that
/// resolves differently a moment later reaches nothing else. Neither redirects nor proxies are followed, of the answer only
/// status and at most 64 KiB of headers are read, and all of it takes at most five seconds.
/// </remarks>
public sealed class WebhookDelivery(WebhookNetwork network, TimeProvider clock) : IAlertDelivery
{
    private const int MaxHeaderKib = 64;

    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public DestinationKind Kind => DestinationKind.Webhook;

    /// <inheritdoc/>
    public async Task SendAsync(AlertDestination destination, AlertDelivery delivery, string? secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(secret);
        if (DestinationPolicy.RefusalOfWebhook(destination.Address, destination.InnerAllowed) is { } refusal)
        {
            throw new DeliveryFaultException(refusal.Sentence) { Final = true };
        }

        Uri url = new(destination.Address);
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using ITimer timer = clock.CreateTimer(_ => limited.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            IPAddress[] addresses = await ResolveAsync(url, destination.InnerAllowed, limited.Token);
            using SocketsHttpHandler handler = new()
            {
                AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = MaxHeaderKib,
                ConnectCallback = (context, token) => ConnectAsync(addresses, context.DnsEndPoint.Port, token),
            };
            using HttpClient http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
            using HttpRequestMessage request = Request(url, delivery, secret);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited.Token);
            int status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode)
            {
                throw new DeliveryFaultException(string.Create(
                    CultureInfo.InvariantCulture, $"The receiver answered {status}{(status is >= 300 and < 400 ? ", and redirects are not followed" : "")}."));
            }
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryFaultException("The receiver took longer than five seconds.", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException)
        {
            throw new DeliveryFaultException("The receiver could not be reached.", fault);
        }
    }

    private async Task<IPAddress[]> ResolveAsync(Uri url, bool innerAllowed, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? literal)
            ? [literal] : await network.Resolve(url.IdnHost, cancellationToken);
        return addresses.Length == 0 ? throw new DeliveryFaultException("The host has no address.")
            : !innerAllowed && addresses.Any(address => !PublicAddress.Is(address))
            ? throw new DeliveryFaultException("The host lies on an inner network, which an administrator has not allowed.") { Final = true }
            : url.Scheme != Uri.UriSchemeHttps && !addresses.All(IPAddress.IsLoopback)
            ? throw new DeliveryFaultException("Without TLS nothing leaves this machine.") { Final = true }
            : addresses;
    }

    private async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        for (int at = 0; ; at++)
        {
            try
            {
                return await network.Connect(new IPEndPoint(addresses[at], port), cancellationToken);
            }
            catch (SocketException) when (at < addresses.Length - 1)
            {
                // the next address of the host
            }
        }
    }

    private HttpRequestMessage Request(Uri url, AlertDelivery delivery, string secret)
    {
        HttpRequestMessage request = new(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        request.Headers.Add("Governance-Delivery", delivery.Id.ToString());
        request.Headers.Add("Governance-Event", delivery.Event.ToString().ToLowerInvariant());
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, delivery.Body, clock.GetUtcNow()));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("governance", "1"));
        return request;
    }
}
