using System.Net;
using System.Net.Sockets;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Alerts;

namespace Governance.Registry.Tests.Alerts;

/// <summary>Webhooks against resolvers and connections of the test's own, and a receiver on this machine. No packet goes further.</summary>
public sealed class WebhookDeliveryTests
{
    private const string Secret = "whsec_test";

    private readonly Clock clock = new();
    private readonly List<string> resolved = [];
    private readonly List<IPEndPoint> connected = [];

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://10.0.0.7/")]
    [InlineData("https://2130706433/")] // 127.0.0.1 as one number
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://localhost/")]
    [InlineData("http://hooks.example.org/")]
    [InlineData("ftp://hooks.example.org/")]
    [InlineData("https://user:word@hooks.example.org/")]
    public async Task Refuses_inner_addresses_and_other_schemes_without_a_packet(string address)
    {
        DeliveryFaultException fault = await FaultAsync(address, _ => [IPAddress.Parse("1.1.1.1")]);

        Assert.True(fault.Final);
        Assert.Empty(connected);
        Assert.Empty(resolved);
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("1.1.1.1", "192.168.0.1")] // one bad address among good ones
    [InlineData("fd00::1")]
    public async Task Refuses_a_name_that_resolves_to_an_inner_address(params string[] addresses)
    {
        DeliveryFaultException fault = await FaultAsync("https://hooks.example.org/", _ => [.. addresses.Select(IPAddress.Parse)]);

        Assert.True(fault.Final);
        Assert.Contains("inner network", fault.Message, StringComparison.Ordinal);
        Assert.Empty(connected);
    }

    [Fact]
    public async Task A_name_that_resolves_elsewhere_a_moment_later_changes_nothing()
    {
        // The first answer is public, every later one is this machine: only the first one is ever asked for and used.
        await FaultAsync("https://rebind.example.org/", count => [IPAddress.Parse(count == 1 ? "1.1.1.1" : "127.0.0.1")]);

        Assert.Equal(["rebind.example.org"], resolved);
        Assert.Equal([new IPEndPoint(IPAddress.Parse("1.1.1.1"), 443)], connected);
    }

    [Fact]
    public async Task An_allowed_receiver_on_this_machine_gets_a_signed_body()
    {
        (Task<string> request, string address) = Receive("HTTP/1.1 204 No Content\r\n\r\n");
        AlertDelivery delivery = Delivery();

        await new WebhookDelivery(WebhookNetwork.Real, clock).SendAsync(Destination(address, inner: true), delivery, Secret, default);

        string said = await request;
        string body = said[(said.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(delivery.Body, body);
        Assert.StartsWith("POST /hook HTTP/1.1", said, StringComparison.Ordinal);
        Assert.Contains($"Governance-Delivery: {delivery.Id}", said, StringComparison.OrdinalIgnoreCase);
        Assert.True(WebhookSignature.Holds(Secret, body, HeaderOf(said), clock.Now));
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", "302, and redirects are not followed")]
    [InlineData("HTTP/1.1 307 Temporary Redirect\r\nLocation: https://example.org/\r\nContent-Length: 0\r\n\r\n", "307, and redirects are not followed")]
    [InlineData("HTTP/1.1 500 Fault\r\nContent-Length: 0\r\n\r\n", "answered 500.")]
    public async Task A_redirect_is_not_followed_and_a_fault_is_told(string answer, string told)
    {
        (Task<string> request, string address) = Receive(answer);

        DeliveryFaultException fault = await Assert.ThrowsAsync<DeliveryFaultException>(() =>
            new WebhookDelivery(WebhookNetwork.Real, clock).SendAsync(Destination(address, inner: true), Delivery(), Secret, default));

        await request;
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Final);
    }

    [Fact]
    public async Task Headers_beyond_64_KiB_are_a_fault()
    {
        (Task<string> request, string address) = Receive($"HTTP/1.1 200 OK\r\nX: {new string('x', 70_000)}\r\n\r\n");

        await Assert.ThrowsAsync<DeliveryFaultException>(() =>
            new WebhookDelivery(WebhookNetwork.Real, clock).SendAsync(Destination(address, inner: true), Delivery(), Secret, default));
        await request;
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_is_left_after_five_seconds()
    {
        Silence silence = new(clock);
        WebhookNetwork network = new(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("1.1.1.1")]),
            async (_, token) =>
            {
                silence.Ring();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException();
            });

        DeliveryFaultException fault = await Assert.ThrowsAsync<DeliveryFaultException>(() =>
            new WebhookDelivery(network, silence).SendAsync(Destination("https://hooks.example.org/"), Delivery(), Secret, default));

        Assert.Equal(TimeSpan.FromSeconds(5), silence.Asked);
        Assert.Contains("five seconds", fault.Message, StringComparison.Ordinal);
    }

    private async Task<DeliveryFaultException> FaultAsync(string address, Func<int, IPAddress[]> answer)
    {
        WebhookNetwork network = new(
            (host, _) =>
            {
                resolved.Add(host);
                return Task.FromResult(answer(resolved.Count));
            },
            (endPoint, _) =>
            {
                connected.Add(endPoint);
                throw new SocketException((int)SocketError.ConnectionRefused);
            });
        return await Assert.ThrowsAsync<DeliveryFaultException>(() =>
            new WebhookDelivery(network, clock).SendAsync(Destination(address), Delivery(), Secret, default));
    }

    private static AlertDestination Destination(string address, bool inner = false) => new(
        AlertDestinationId.New(), DestinationKind.Webhook, "Pager", address, AlertSeverity.Warning, null, inner, (UserId?)null, DateTimeOffset.UnixEpoch);

    private static AlertDelivery Delivery() => new(
        AlertDeliveryId.New(), AlertDestinationId.New(), null, AlertEvent.Test, """{"schema":"governance/alert/1","sentence":"Größe"}""", DateTimeOffset.UnixEpoch);

    private static string? HeaderOf(string request) => request.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(WebhookSignature.Header + ":", StringComparison.OrdinalIgnoreCase))?[(WebhookSignature.Header.Length + 1)..].Trim();

    // One request is read whole and answered.
    private static (Task<string> Request, string Address) Receive(string answer)
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return (ServeAsync(), $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook");

        async Task<string> ServeAsync()
        {
            using (listener)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await using NetworkStream stream = client.GetStream();
                using MemoryStream said = new();
                byte[] buffer = new byte[4_096];
                while (!IsWhole(said))
                {
                    int read = await stream.ReadAsync(buffer);
                    if (read == 0)
                    {
                        break;
                    }

                    said.Write(buffer, 0, read);
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
                return Encoding.UTF8.GetString(said.ToArray());
            }
        }
    }

    private static bool IsWhole(MemoryStream said)
    {
        string text = Encoding.Latin1.GetString(said.ToArray());
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string? length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end >= 0 && length is not null && text.Length - end - 4 >= int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture);
    }

    // A clock whose timers ring when the test says so.
    private sealed class Silence(Clock clock) : TimeProvider
    {
        private Action? ring;

        public TimeSpan Asked { get; private set; }

        public override DateTimeOffset GetUtcNow() => clock.Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked = dueTime;
            ring = () => callback(state);
            return base.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Ring() => ring!();
    }
}
