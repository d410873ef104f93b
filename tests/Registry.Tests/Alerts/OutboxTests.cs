using System.Text.Json.Nodes;
using Governance.Registry.Alerts;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Alerts;

/// <summary>What is queued with an alert, and how it is sent until it is delivered or given up.</summary>
public sealed class OutboxTests
{
    [DatabaseFact]
    public async Task An_event_is_queued_with_its_fact_and_sent_once()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        (_, string secret) = await given.WebhookAsync();
        await given.WebhookAsync("https://hooks.example.org/critical", AlertSeverity.Critical);
        await given.LoudAsync(version, 1);
        Receiver receiver = new();

        // Another process, so to say: nothing but the database carries it there.
        Assert.Equal(1, await given.Deliver(receiver).RunAsync(default));
        Assert.Equal(0, await given.Deliver(receiver).RunAsync(default));

        (AlertDelivery sent, string? key) = Assert.Single(receiver.Sent);
        JsonNode body = JsonNode.Parse(sent.Body)!;
        Assert.Equal(secret, key);
        Assert.Equal(("raised", "warning", "credit", 1), ((string)body["event"]!, (string)body["alert"]!["severity"]!, (string)body["alert"]!["model"]!, (int)body["alert"]!["version"]!));
        Assert.Equal(sent.Id.ToString(), (string)body["id"]!);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await given.DeliveriesAsync()).State);

        await given.LoudAsync(version, 2);
        Assert.Equal(2, await given.Deliver(receiver).RunAsync(default));
        Assert.Equal(2, receiver.Sent.Skip(1).Select(each => each.Delivery.Id).Distinct().Count());
    }

    [DatabaseFact]
    public async Task What_fails_is_tried_again_over_hours_and_then_given_up_until_somebody_sends_it_again()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.WebhookAsync();
        await given.LoudAsync(version, 1);
        Receiver receiver = new() { Fault = new DeliveryFaultException("The receiver answered 503.") };
        DateTimeOffset begin = given.Clock.Now;

        for (int attempt = 0; attempt < AlertDelivery.MostAttempts; attempt++)
        {
            Assert.Equal(1, await given.Deliver(receiver).RunAsync(default));
            Assert.Equal(0, await given.Deliver(receiver).RunAsync(default));
            given.Clock.Now = Later(given.Clock.Now, Assert.Single(await given.DeliveriesAsync()).NextAt);
        }

        AlertDelivery dead = Assert.Single(await given.DeliveriesAsync());
        Assert.Equal((DeliveryState.Dead, 9, "The receiver answered 503."), (dead.State, dead.Attempts, dead.Error));
        Assert.InRange((given.Clock.Now - begin).TotalHours, 22, 24);
        Assert.Single(receiver.Sent.Select(each => each.Delivery.Id).Distinct());

        receiver.Fault = null;
        Assert.Equal(0, await given.Deliver(receiver).RunAsync(default));
        Assert.IsType<DestinationOutcome.Refused>(await given.Get<ManageDestinations>().SendAgainAsync(Actor.Person(given.Operator), dead.Id, default));
        Assert.IsType<DestinationOutcome.Done>(await given.Get<ManageDestinations>().SendAgainAsync(Actor.Person(given.Administrator), dead.Id, default));
        Assert.Equal(1, await given.Deliver(receiver).RunAsync(default));
        Assert.Equal(dead.Id, receiver.Sent[^1].Delivery.Id);
    }

    [DatabaseFact]
    public async Task Whoever_dies_while_sending_leaves_the_row_to_others()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.WebhookAsync();
        await given.LoudAsync(version, 1);
        Receiver receiver = new() { Fault = new InvalidOperationException("killed") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => given.Deliver(receiver).RunAsync(default));
        receiver.Fault = null;
        Assert.Equal(0, await given.Deliver(receiver).RunAsync(default)); // claimed for two minutes
        given.Clock.Now = given.Clock.Now.AddMinutes(3);

        Assert.Equal(1, await given.Deliver(receiver).RunAsync(default));
        Assert.Single(receiver.Sent.Select(each => each.Delivery.Id).Distinct());
    }

    [DatabaseFact]
    public async Task Two_processes_send_a_row_once()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.WebhookAsync();
        await given.LoudAsync(version, 1);
        Receiver receiver = new();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => given.Deliver(receiver).RunAsync(default))));

        Assert.Single(receiver.Sent);
    }

    [DatabaseFact]
    public async Task A_refused_address_is_given_up_at_once_and_an_ended_destination_gets_nothing()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        (AlertDestination destination, _) = await given.WebhookAsync();
        await given.LoudAsync(version, 1);
        Receiver receiver = new() { Fault = new DeliveryFaultException("The host lies on an inner network.") { Final = true } };
        await given.Deliver(receiver).RunAsync(default);
        Assert.Equal(DeliveryState.Dead, Assert.Single(await given.DeliveriesAsync()).State);

        await given.LoudAsync(version, 2);
        Assert.IsType<DestinationOutcome.Done>(await given.Get<ManageDestinations>().EndAsync(Actor.Person(given.Administrator), destination.Id, default));
        await given.Deliver(receiver).RunAsync(default);
        await given.LoudAsync(version, 3);

        Assert.Equal([DeliveryState.Dead, DeliveryState.Dropped], (await given.DeliveriesAsync()).Select(row => row.State));
        await using GovernanceDb db = given.Db();
        Assert.Empty(await db.WebhookSecrets.ToListAsync());
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_secret_survives_the_rotation_of_keys_and_lies_wrapped()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        (_, string secret) = await given.WebhookAsync();
        await given.LoudAsync(version, 1);
        string before;
        await using (GovernanceDb db = given.Db())
        {
            WebhookSecret row = await db.WebhookSecrets.AsNoTracking().SingleAsync();
            before = row.Key;
            Assert.DoesNotContain(secret[6..20], Convert.ToBase64String(row.Sealed), StringComparison.Ordinal);
        }

        await given.Get<RotateKeys>().RunAsync(null, default);
        Receiver receiver = new();
        await given.Deliver(receiver).RunAsync(default);

        Assert.Equal(secret, Assert.Single(receiver.Sent).Secret);
        await using GovernanceDb after = given.Db();
        Assert.NotEqual(before, (await after.WebhookSecrets.AsNoTracking().SingleAsync()).Key);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed class Receiver : IAlertDelivery
    {
        public List<(AlertDelivery Delivery, string? Secret)> Sent { get; } = [];

        public Exception? Fault { get; set; }

        public DestinationKind Kind => DestinationKind.Webhook;

        public Task SendAsync(AlertDestination destination, AlertDelivery delivery, string? secret, CancellationToken cancellationToken)
        {
            lock (Sent)
            {
                Sent.Add((delivery, secret));
            }

            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }
    }
}
