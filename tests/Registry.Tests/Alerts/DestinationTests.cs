using System.Net;
using System.Net.Sockets;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Tests.Alerts;

public sealed class DestinationTests
{
    [Theory]
    [InlineData(null, false, "bad-address")]
    [InlineData("hooks.example.org", false, "bad-address")]
    [InlineData("https://user@hooks.example.org/", false, "bad-address")]
    [InlineData("https://hooks.example.org/#part", false, "bad-address")]
    [InlineData("http://hooks.example.org/", false, "not-https")]
    [InlineData("http://hooks.example.org/", true, "not-https")]
    [InlineData("https://127.0.0.1/", false, "inner-address")]
    [InlineData("https://[fd00::1]/", false, "inner-address")]
    [InlineData("https://localhost/", false, "inner-address")]
    [InlineData("https://2130706433/", false, "inner-address")]
    [InlineData("https://hooks.example.org/x?y=1", false, null)]
    [InlineData("https://127.0.0.1/", true, null)]
    [InlineData("http://127.0.0.1:8080/", true, null)]
    public void A_webhook_is_an_https_address_of_the_internet_unless_an_administrator_allows_more(string? address, bool inner, string? code) =>
        Assert.Equal(code, DestinationPolicy.RefusalOfWebhook(address, inner)?.Code);

    [Theory]
    [InlineData("models@example.org", true, null)]
    [InlineData("models@example.org", false, "no-mail-server")]
    [InlineData("models", true, "bad-address")]
    [InlineData("a@example.org, b@example.org", true, "bad-address")]
    [InlineData("a@example.org\r\nBcc: b@example.org", true, "bad-address")]
    public void A_mailbox_is_one_address(string address, bool server, string? code) =>
        Assert.Equal(code, DestinationPolicy.RefusalOfMailbox(address, server)?.Code);

    [DatabaseFact]
    public async Task Only_administrators_add_try_and_end()
    {
        await using Given given = await Given.RegistryAsync();
        ManageDestinations manage = given.Get<ManageDestinations>();
        NewDestination wanted = new(DestinationKind.Webhook, "Pager", "https://hooks.example.org/", AlertSeverity.Warning);

        foreach (UserId person in (UserId[])[given.Operator, given.Developer, given.Auditor, given.Approver])
        {
            Assert.Equal("no-right", Code(await manage.AddAsync(Actor.Person(person), wanted, default)));
        }

        Actor administrator = Actor.Person(given.Administrator);
        Assert.Equal("no-name", Code(await manage.AddAsync(administrator, wanted with { Name = " " }, default)));
        Assert.Equal("no-model", Code(await manage.AddAsync(administrator, wanted with { Model = "nothing" }, default)));
        Assert.Equal("no-mail-server", Code(await manage.AddAsync(administrator, wanted with { Kind = DestinationKind.Mail, Address = "a@example.org" }, default)));
        (AlertDestination destination, string secret) = await given.WebhookAsync();
        Assert.Matches("^whsec_[A-Za-z0-9_-]{43}$", secret);
        Assert.IsType<DestinationOutcome.Done>(await manage.TryAsync(administrator, destination.Id, default));
        Assert.Equal(AlertEvent.Test, Assert.Single((await given.Get<DestinationQueries>().ListAsync(default))[0].Deliveries).Event);
        Assert.IsType<DestinationOutcome.Done>(await manage.EndAsync(administrator, destination.Id, default));
        Assert.IsType<DestinationOutcome.NotFound>(await manage.EndAsync(administrator, destination.Id, default));
        Assert.IsType<DestinationOutcome.NotFound>(await manage.TryAsync(administrator, destination.Id, default));
        Assert.Empty(await given.Get<DestinationQueries>().ListAsync(default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));

        static string? Code(DestinationOutcome outcome) => (outcome as DestinationOutcome.Refused)?.Reason.Code;
    }

    [Fact]
    public async Task A_mail_says_what_was_measured_and_carries_the_id()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        Task<string> said = SmtpAsync(server);
        MailDelivery mail = new(new RegistryOptions
        {
            AlertMail = new MailOptions("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port, false, "portal@example.org", [], null, null),
        });
        AlertDelivery delivery = new(AlertDeliveryId.New(), AlertDestinationId.New(), null, AlertEvent.Escalated, """
            {"event":"escalated","alert":{"severity":"critical","model":"credit","version":3,"stage":"Approved","monitor":"drift","column":"income\nX: y","cohort":null,
            "windowFrom":"2026-02-01T00:00:00Z","windowTo":"2026-02-02T00:00:00Z","sentence":"Income drifted.","dueAt":null,"page":"/alerts/1"}}
            """, DateTimeOffset.UnixEpoch);

        await mail.SendAsync(
            new AlertDestination(AlertDestinationId.New(), DestinationKind.Mail, "Team", "models@example.org", AlertSeverity.Info, null, false, null, DateTimeOffset.UnixEpoch),
            delivery, null, default);

        string conversation = await said.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("RCPT TO:<models@example.org>", conversation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Subject: Critical alert escalated: credit/3, drift, income X: y", conversation, StringComparison.Ordinal);
        Assert.Contains($"<{delivery.Id}@governance.invalid>", conversation, StringComparison.Ordinal);
        Assert.Contains("Income drifted.", conversation, StringComparison.Ordinal);
    }

    private static async Task<string> SmtpAsync(TcpListener server)
    {
        using TcpClient client = await server.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        using StreamReader reader = new(stream, Encoding.ASCII);
        await using StreamWriter writer = new(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        StringBuilder said = new();
        await writer.WriteLineAsync("220 ready");
        for (bool body = false; await reader.ReadLineAsync() is string line && line != "QUIT";)
        {
            said.Append(line).Append('\n');
            if (!body || line == ".")
            {
                bool begins = line == "DATA";
                await writer.WriteLineAsync(begins ? "354 go on" : "250 ok");
                if (body)
                {
                    break;
                }

                body = begins;
            }
        }

        return said.ToString();
    }
}
