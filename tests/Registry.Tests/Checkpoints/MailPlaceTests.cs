using System.Net;
using System.Net.Sockets;
using System.Text;
using Governance.Registry.Checkpoints;

namespace Governance.Registry.Tests.Checkpoints;

/// <summary>A checkpoint by mail, against a server that speaks as much SMTP as is needed (RFC 5321).</summary>
public sealed class MailPlaceTests
{
    private static readonly SignedCheckpoint Checkpoint = new(42, new byte[32], DateTimeOffset.UnixEpoch, "log\n42\nroot\n\n\u2014 log AAAAAAAA\n");

    [Fact]
    public async Task The_auditors_get_the_note_and_how_to_use_it()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        Task<string> said = ServeAsync(server, "250 ok");
        MailPlace place = new(new MailOptions("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port, false, "portal@example.org", ["a@example.org", "b@example.org"], null, null));

        Assert.Null(await place.KeepAsync(Checkpoint, default));

        string conversation = await said.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("RCPT TO:<a@example.org>", conversation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("RCPT TO:<b@example.org>", conversation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Ledger checkpoint: 42 entries", conversation, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromHours(1), place.Pause);
    }

    [Fact]
    public async Task A_server_that_refuses_or_is_away_is_a_fault_in_words()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        MailPlace place = new(new MailOptions("127.0.0.1", port, false, "portal@example.org", ["a@example.org"], null, null));

        _ = ServeAsync(server, "550 no");
        CopyFaultException refused = await Assert.ThrowsAsync<CopyFaultException>(() => place.KeepAsync(Checkpoint, default));
        server.Stop();
        CopyFaultException away = await Assert.ThrowsAsync<CopyFaultException>(() => place.KeepAsync(Checkpoint, default));

        Assert.StartsWith("The mail could not be sent", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("The mail could not be sent", away.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ServeAsync(TcpListener server, string toRecipients)
    {
        using TcpClient client = await server.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        using StreamReader reader = new(stream, Encoding.ASCII);
        await using StreamWriter writer = new(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        StringBuilder said = new();
        await writer.WriteLineAsync("220 ready");
        bool body = false;
        while (await reader.ReadLineAsync() is string line)
        {
            said.Append(line).Append('\n');
            if (body && line != ".")
            {
                continue;
            }

            string answer = body ? "250 kept"
                : line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) ? toRecipients
                : line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase) ? "354 go on"
                : line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye"
                : "250 ok";
            body = answer.StartsWith("354", StringComparison.Ordinal);
            await writer.WriteLineAsync(answer);
            if (answer.StartsWith("221", StringComparison.Ordinal) || answer == "250 kept")
            {
                break;
            }
        }

        return said.ToString();
    }
}
