using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>A destination that an administrator wants.</summary>
/// <param name="Kind">How it is reached.</param>
/// <param name="Name">What people call it, in 1 to 100 characters.</param>
/// <param name="Address">A mailbox, or an https address.</param>
/// <param name="Least">The least severity that goes there.</param>
/// <param name="Model">The name of the one model whose alerts go there; null or blank for all.</param>
/// <param name="InnerAllowed">Whether its host may lie on an inner network. Of webhooks alone.</param>
public sealed record NewDestination(
    DestinationKind Kind, string? Name, string? Address, AlertSeverity Least, string? Model = null, bool InnerAllowed = false);

/// <summary>Adds, tries and ends destinations of alerts, and sends again what could not be delivered. Administrators may.</summary>
public sealed class ManageDestinations(
    AppendGate gate, IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, RegistryOptions options)
{
    /// <summary>Adds a destination.</summary>
    /// <returns>It, and for a webhook its secret, which nobody is shown again.</returns>
    public Task<DestinationOutcome> AddAsync(Actor actor, NewDestination wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        return gate.RunAsync<DestinationOutcome>(actor, async change =>
        {
            bool webhook = wanted.Kind == DestinationKind.Webhook;
            string? address = wanted.Address?.Trim();
            Refusal? refusal = await NoRightAsync(change.Db, actor, cancellationToken)
                ?? (string.IsNullOrWhiteSpace(wanted.Name) || wanted.Name.Trim().Length > AlertDestination.MaxNameLength
                    ? new Refusal("no-name", $"Name the destination in 1 to {AlertDestination.MaxNameLength} characters.") : null)
                ?? (webhook ? DestinationPolicy.RefusalOfWebhook(address, wanted.InnerAllowed)
                    : DestinationPolicy.RefusalOfMailbox(address, options.EffectiveAlertMail is not null));
            Model? model = refusal is not null || string.IsNullOrWhiteSpace(wanted.Model) ? null
                : await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == wanted.Model.Trim(), cancellationToken);
            refusal ??= model is null && !string.IsNullOrWhiteSpace(wanted.Model) ? new Refusal("no-model", $"There is no model '{wanted.Model.Trim()}'.") : null;
            if (refusal is not null)
            {
                return new DestinationOutcome.Refused(refusal);
            }

            AlertDestination row = new(
                AlertDestinationId.New(), wanted.Kind, wanted.Name!.Trim(), address!, wanted.Least, model?.Id, webhook && wanted.InnerAllowed, actor.User, change.Now);
            change.Add(row, "destination.added", scope: null);
            if (!webhook)
            {
                return new DestinationOutcome.Done(row, null);
            }

            (WebhookSecret secret, string shown) = WebhookSecret.New(store.Keys, row.Id);
            change.Db.WebhookSecrets.Add(secret);
            return new DestinationOutcome.Done(row, shown);
        }, cancellationToken);
    }

    /// <summary>Ends a destination: nothing goes there any more, and its secret is erased.</summary>
    public Task<DestinationOutcome> EndAsync(Actor actor, AlertDestinationId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<DestinationOutcome>(actor, async change =>
        {
            if (await NoRightAsync(change.Db, actor, cancellationToken) is Refusal refusal)
            {
                return new DestinationOutcome.Refused(refusal);
            }

            if (await AliveAsync(change.Db, id, cancellationToken) is not AlertDestination row)
            {
                return new DestinationOutcome.NotFound();
            }

            change.Add(new AlertDestinationEnd(AlertDestinationEndId.New(), id, actor.User, change.Now), "destination.ended", scope: null);
            change.Db.WebhookSecrets.RemoveRange(await change.Db.WebhookSecrets.Where(secret => secret.Destination == id).ToListAsync(cancellationToken));
            return new DestinationOutcome.Done(row, null);
        }, cancellationToken);
    }

    /// <summary>Queues a trial delivery.</summary>
    public async Task<DestinationOutcome> TryAsync(Actor actor, AlertDestinationId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await NoRightAsync(db, actor, cancellationToken) is Refusal refusal)
        {
            return new DestinationOutcome.Refused(refusal);
        }

        if (await AliveAsync(db, id, cancellationToken) is not AlertDestination row)
        {
            return new DestinationOutcome.NotFound();
        }

        AlertDeliveryId delivery = AlertDeliveryId.New();
        db.AlertDeliveries.Add(new AlertDelivery(
            delivery, id, null, AlertEvent.Test, AlertOutbox.Trial(delivery, row.Name, db.Now).ToJsonString(), db.Now));
        await db.SaveChangesAsync(cancellationToken);
        return new DestinationOutcome.Done(row, null);
    }

    /// <summary>Sends again what was given up, under the same id.</summary>
    public async Task<DestinationOutcome> SendAgainAsync(Actor actor, AlertDeliveryId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await NoRightAsync(db, actor, cancellationToken) is Refusal refusal)
        {
            return new DestinationOutcome.Refused(refusal);
        }

        AlertDelivery? delivery = await db.AlertDeliveries.FirstOrDefaultAsync(row => row.Id == id && row.State == DeliveryState.Dead, cancellationToken);
        if (delivery is null || await AliveAsync(db, delivery.Destination, cancellationToken) is not AlertDestination destination)
        {
            return new DestinationOutcome.NotFound();
        }

        delivery.Revive(db.Now);
        await db.SaveChangesAsync(cancellationToken);
        return new DestinationOutcome.Done(destination, null);
    }

    private static async Task<Refusal?> NoRightAsync(GovernanceDb db, Actor actor, CancellationToken cancellationToken) =>
        (await Standing.LoadAsync(db, actor, null, cancellationToken)).RefusalFor(Right.Administer);

    private static async Task<AlertDestination?> AliveAsync(GovernanceDb db, AlertDestinationId id, CancellationToken cancellationToken) =>
        (await AlertOutbox.AliveAsync(db, cancellationToken)).FirstOrDefault(row => row.Id == id);
}

/// <summary>What came of managing a destination.</summary>
public abstract record DestinationOutcome
{
    private DestinationOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    /// <param name="Destination">The destination.</param>
    /// <param name="Secret">What deliveries are signed with; only when it was just made. Nobody is shown it again.</param>
    public sealed record Done(AlertDestination Destination, string? Secret) : DestinationOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : DestinationOutcome;

    /// <summary>There is no such destination or delivery, or it has ended.</summary>
    public sealed record NotFound : DestinationOutcome;
}
