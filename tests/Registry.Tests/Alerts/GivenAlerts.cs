using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Alerts;

/// <summary>Signals of a monitor whose windows are days.</summary>
internal static class GivenAlerts
{
    public static readonly DateTimeOffset Start = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly AlertSource Source = new(AlertSourceKind.Monitor, "deployment-1");

    public static AlertSignal Signal(
        ModelVersion version, int day, AlertSeverity severity = AlertSeverity.Warning, AlertTopic topic = AlertTopic.Drift, string? column = "income") => new()
    {
        Source = Source, Topic = topic, Version = version.Id, Monitor = "drift", Column = column,
        WindowFrom = Start.AddDays(day - 1), WindowTo = Start.AddDays(day), Severity = severity, Sentence = $"Income drifted on day {day}: KS 0.21, p < 0.001.",
    };

    public static async Task<RaisedAlert> LoudAsync(
        this Given given, ModelVersion version, int day, AlertSeverity severity = AlertSeverity.Warning, AlertTopic topic = AlertTopic.Drift) =>
        await given.Get<RaiseAlert>().RunAsync(Signal(version, day, severity, topic), default);

    public static Task<RaisedAlert?> QuietAsync(this Given given, ModelVersion version, int day) =>
        given.Get<NoteQuietWindow>().RunAsync(Signal(version, day).Key, Start.AddDays(day - 1), Start.AddDays(day), default);

    public static async Task<AlertOutcome> StepAsync(
        this Given given, UserId person, AlertId alert, AlertStepKind kind, string? text = "Because.", int? days = null, UserId? owner = null) =>
        await given.Get<StepAlert>().RunAsync(
            Actor.Person(person), new NewAlertStep(alert, kind, text, days is int until ? given.Clock.Now.AddDays(until) : null, owner), default);

    public static async Task<AlertView> AlertAsync(this Given given, UserId viewer) =>
        Assert.Single(await given.Get<AlertQueries>().VisibleToAsync(viewer, default));

    public static DeliverAlerts Deliver(this Given given, params IAlertDelivery[] ways) => new(
        given.Get<IDbContextFactory<GovernanceDb>>(), ways, given.Get<ArtifactStore>(), given.Clock);

    public static async Task<(AlertDestination Destination, string Secret)> WebhookAsync(
        this Given given, string address = "https://hooks.example.org/governance", AlertSeverity least = AlertSeverity.Warning, bool inner = false)
    {
        DestinationOutcome.Done done = Assert.IsType<DestinationOutcome.Done>(await given.Get<ManageDestinations>().AddAsync(
            Actor.Person(given.Administrator), new NewDestination(DestinationKind.Webhook, "Pager", address, least, null, inner), default));
        return (done.Destination, done.Secret!);
    }

    public static async Task<AlertDelivery[]> DeliveriesAsync(this Given given)
    {
        await using GovernanceDb db = given.Db();
        return await db.AlertDeliveries.AsNoTracking().OrderBy(row => row.QueuedAt).ThenBy(row => row.Id).ToArrayAsync();
    }
}
