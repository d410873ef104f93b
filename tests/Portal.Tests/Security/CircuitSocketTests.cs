using System.Net;
using System.Net.WebSockets;
using System.Text;
using Governance.Portal.Tests.Accounts;

namespace Governance.Portal.Tests.Security;

/// <summary>The socket of the circuits, opened as a thief or a browser would.</summary>
public sealed class CircuitSocketTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Opens_for_a_session_from_our_own_page_without_compression_and_for_nothing_else()
    {
        using ClientWebSocket own = await OpenAsync(shared.Server.Address, signedIn: true);
        Assert.Equal(WebSocketState.Open, own.State);
        Assert.False(own.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));

        using ClientWebSocket foreign = await OpenAsync("https://evil.example.test", signedIn: true);
        using ClientWebSocket stranger = await OpenAsync(shared.Server.Address, signedIn: false);

        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
        Assert.NotEqual(WebSocketState.Open, stranger.State);
    }

    [Fact]
    public async Task Ends_when_a_message_is_too_large()
    {
        using ClientWebSocket socket = await OpenAsync(shared.Server.Address, signedIn: true);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, patience.Token);
        byte[] answer = new byte[4096];
        await socket.ReceiveAsync(answer, patience.Token);

        await socket.SendAsync(new byte[40_000], WebSocketMessageType.Binary, true, patience.Token);

        WebSocketReceiveResult last;
        do
        {
            last = await socket.ReceiveAsync(answer, patience.Token);
        }
        while (last.MessageType != WebSocketMessageType.Close);
        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    private async Task<ClientWebSocket> OpenAsync(string origin, bool signedIn)
    {
        using Visitor visitor = new(shared.Server);
        if (signedIn)
        {
            await visitor.SignInAsync("rita");
        }

        ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.Cookies = visitor.Cookies;
        try
        {
            await socket.ConnectAsync(new Uri(shared.Server.Address.Replace("http:", "ws:", StringComparison.Ordinal) + "/_blazor"), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // its status says why
        }

        return socket;
    }
}
