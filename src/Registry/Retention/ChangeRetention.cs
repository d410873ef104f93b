using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Retention;

/// <summary>Chooses how long something is kept, retires a data set, places and releases holds.</summary>
public sealed class ChangeRetention(AppendGate gate)
{
    /// <summary>Chooses the class from now on; an operator may.</summary>
    /// <param name="actor">Who chooses.</param>
    /// <param name="item">Of what.</param>
    /// <param name="class">A class of the schedule.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<RetentionOutcome> ChooseAsync(
        Actor actor, RetainedItem item, string @class, string? reason, CancellationToken cancellationToken) =>
        RunAsync(actor, item, reason, hold: false, async (change, text) =>
        {
            RetentionChoice? last = await LastAsync(change.Db, item, cancellationToken);
            if (RetentionSchedule.Default.Find(@class) is null)
            {
                return new Refusal("no-class", $"There is no class '{@class}'. There are {string.Join(", ", RetentionSchedule.Default.Classes.Select(each => each.Name))}.");
            }

            change.Add(
                new RetentionChoice(RetentionChoiceId.New(), item.Kind, item.Id, @class, last?.Retired ?? false, actor.User, change.Now),
                "retention.chosen", item.Subject, text);
            return null;
        }, cancellationToken);

    /// <summary>Retires a data set, or takes it into use again; an operator may.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="dataset">Which data set.</param>
    /// <param name="retired">Whether it is out of use from now on.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<RetentionOutcome> RetireAsync(
        Actor actor, DatasetId dataset, bool retired, string? reason, CancellationToken cancellationToken)
    {
        RetainedItem item = RetainedItem.Of(dataset);
        return RunAsync(actor, item, reason, hold: false, async (change, text) =>
        {
            RetentionChoice? last = await LastAsync(change.Db, item, cancellationToken);
            if ((last?.Retired ?? false) == retired)
            {
                return new Refusal("no-change", retired ? "The data set is retired already." : "The data set is in use already.");
            }

            change.Add(
                new RetentionChoice(
                    RetentionChoiceId.New(), item.Kind, item.Id,
                    last?.Class ?? RetentionSchedule.Default.DatasetDefault, retired, actor.User, change.Now),
                retired ? "dataset.retired" : "dataset.taken-into-use", item.Subject, text);
            return null;
        }, cancellationToken);
    }

    /// <summary>Places a legal hold; a compliance approver or an operator may.</summary>
    /// <param name="actor">Who places it.</param>
    /// <param name="item">On what.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<RetentionOutcome> HoldAsync(
        Actor actor, RetainedItem item, string? reason, CancellationToken cancellationToken) =>
        RunAsync(actor, item, reason, hold: true, (change, text) =>
        {
            change.Add(
                new LegalHold(LegalHoldId.New(), item.Kind, item.Id, text.Digest, actor.User, change.Now),
                "hold.placed", item.Subject, text);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);

    /// <summary>Releases a legal hold; a compliance approver or an operator may.</summary>
    /// <param name="actor">Who releases it.</param>
    /// <param name="item">On what it is.</param>
    /// <param name="hold">Which hold.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<RetentionOutcome> ReleaseAsync(
        Actor actor, RetainedItem item, LegalHoldId hold, string? reason, CancellationToken cancellationToken) =>
        RunAsync(actor, item, reason, hold: true, async (change, text) =>
        {
            LegalHold? row = await change.Db.Holds.FirstOrDefaultAsync(each => each.Id == hold, cancellationToken);
            if (row is null || row.Item != item.Id || row.ReleasedAt is not null)
            {
                return new Refusal("no-hold", "There is no such hold, or it was released already.");
            }

            change.Change(row, "hold.released", item.Subject, each => each.Release(actor.User, change.Now), text);
            return null;
        }, cancellationToken);

    /// <summary>The last choice about something; null where nobody chose.</summary>
    internal static Task<RetentionChoice?> LastAsync(GovernanceDb db, RetainedItem item, CancellationToken cancellationToken) =>
        db.RetentionChoices.AsNoTracking().Where(row => row.Kind == item.Kind && row.Item == item.Id)
            .OrderByDescending(row => row.ChosenAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>How the actor stands to the thing, and whether it exists for them.</summary>
    internal static async Task<(Standing Standing, bool Exists)> StandingAsync(
        GovernanceDb db, Actor actor, RetainedItem item, CancellationToken cancellationToken)
    {
        if (item.Kind == RetainedKind.Dataset)
        {
            DatasetId dataset = new(item.Id);
            return (await Standing.LoadAsync(db, actor, null, cancellationToken), await db.Datasets.AnyAsync(row => row.Id == dataset, cancellationToken));
        }

        DeploymentId deployment = new(item.Id);
        ModelId id = item.Kind == RetainedKind.Model ? new ModelId(item.Id)
            : await db.Deployments.Where(row => row.Id == deployment).Select(row => row.Model).FirstOrDefaultAsync(cancellationToken);
        Model? model = await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        Standing standing = await Standing.LoadAsync(db, actor, model, cancellationToken);
        return (standing, model is not null && standing.Visibility == ModelVisibility.Full);
    }

    private Task<RetentionOutcome> RunAsync(
        Actor actor, RetainedItem item, string? reason, bool hold, Func<RegistryChange, PersonalText, Task<Refusal?>> act,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        PersonalText? text = string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength ? null : PersonalText.Write(reason.Trim());
        return gate.RunAsync<RetentionOutcome>(actor, async change =>
        {
            (Standing standing, bool exists) = await StandingAsync(change.Db, actor, item, cancellationToken);
            if (!exists)
            {
                return new RetentionOutcome.NoSuchItem();
            }

            Refusal? refusal = (hold
                ? RetentionPolicy.RefusalForHold(standing.Person, standing.Relation, item.Kind)
                : RetentionPolicy.RefusalForChoice(standing.Person, standing.Relation, item.Kind))
                ?? (text is null ? new Refusal("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept with the decision.") : null)
                ?? await act(change, text!);
            return refusal is null ? new RetentionOutcome.Changed() : new RetentionOutcome.Refused(refusal);
        }, cancellationToken);
    }
}

/// <summary>What came of a change of retention.</summary>
public abstract record RetentionOutcome
{
    private RetentionOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    public sealed record Changed : RetentionOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RetentionOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchItem : RetentionOutcome;
}
