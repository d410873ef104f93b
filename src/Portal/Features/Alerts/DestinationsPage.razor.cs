using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Alerts;
using Governance.Registry.Ledger;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Alerts;

/// <summary>Where alerts go beside the portal, what became of the deliveries, and a form for one more.</summary>
public sealed partial class DestinationsPage
{
    private IReadOnlyList<DestinationView> destinations = [];
    private string? refusal;
    private string? done;
    private string? secret;

    [SupplyParameterFromForm(FormName = "destination")]
    private DestinationInput? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private DestinationQueries Queries { get; set; } = default!;

    [Inject]
    private ManageDestinations Manage { get; set; } = default!;

    // A button says it all; a form needs a model.
    private object Button { get; } = new();

    private Actor Actor => Http.User.Actor();

    private string Title => destinations.Count switch
    {
        0 => "No destination",
        1 => "One destination",
        int count => $"{count} destinations",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new DestinationInput();
        await LoadAsync();
    }

    private static string StateOf(AlertDelivery delivery) => delivery.State switch
    {
        DeliveryState.Waiting => delivery.Attempts == 0 ? "waits" : $"next attempt {AlertWords.Moment(delivery.NextAt)}",
        DeliveryState.Delivered => $"delivered {AlertWords.Moment(delivery.EndedAt!.Value)}",
        DeliveryState.Dead => $"given up {AlertWords.Moment(delivery.EndedAt!.Value)}",
        DeliveryState.Dropped => "dropped",
        _ => throw new UnreachableException(),
    };

    private async Task LoadAsync() => destinations = await Queries.ListAsync(Http.RequestAborted);

    private async Task AddAsync()
    {
        await SayAsync(
            Manage.AddAsync(Actor, new NewDestination(Form!.Kind, Form.Name, Form.Address, Form.Least, Form.Model, Form.Inner), Http.RequestAborted),
            outcome => $"Alerts from {AlertWords.Of(outcome.Destination.Least)} on go to {outcome.Destination.Name}.");
        if (refusal is null)
        {
            Form = new DestinationInput();
        }
    }

    private Task TryAsync(AlertDestinationId id) => SayAsync(
        Manage.TryAsync(Actor, id, Http.RequestAborted), outcome => $"A trial to {outcome.Destination.Name} is on its way; its outcome stands below in a moment.");

    private Task EndAsync(AlertDestinationId id) => SayAsync(
        Manage.EndAsync(Actor, id, Http.RequestAborted), outcome => $"Nothing goes to {outcome.Destination.Name} any more, and its secret is erased.");

    private Task AgainAsync(AlertDeliveryId id) => SayAsync(
        Manage.SendAgainAsync(Actor, id, Http.RequestAborted), outcome => $"It is sent to {outcome.Destination.Name} again, under the same id.");

    private async Task SayAsync(Task<DestinationOutcome> work, Func<DestinationOutcome.Done, string> sentence)
    {
        switch (await work)
        {
            case DestinationOutcome.Done outcome:
                done = sentence(outcome);
                secret = outcome.Secret;
                break;
            case DestinationOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case DestinationOutcome.NotFound:
                refusal = "It is not there any more.";
                break;
            default:
                throw new UnreachableException();
        }

        await LoadAsync();
    }

    private sealed class DestinationInput
    {
        public DestinationKind Kind { get; set; } = DestinationKind.Webhook;

        public string? Name { get; set; }

        public string? Address { get; set; }

        public AlertSeverity Least { get; set; } = AlertSeverity.Warning;

        public string? Model { get; set; }

        public bool Inner { get; set; }
    }
}
