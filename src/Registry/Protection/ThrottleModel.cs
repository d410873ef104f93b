using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>Throttles a model at once, or opens it again.</summary>
/// <remarks>The owner, an operator or approver of the model, or an administrator throttles; the owner or an operator opens it.</remarks>
public sealed class ThrottleModel(AppendGate gate)
{
    /// <summary>Throttles.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="modelName">Which model.</param>
    /// <param name="throttle">How far it answers from now on.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ProtectionOutcome> RunAsync(
        Actor actor, string modelName, Throttle throttle, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<ProtectionOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (model is null || standing.Visibility == ModelVisibility.None)
            {
                return new ProtectionOutcome.NoSuchModel();
            }

            Throttle before = (await ProtectionQueries.ThrottleAsync(change.Db, model.Id, cancellationToken))?.Throttle ?? Throttle.Open;
            PersonalText? text = ProtectionOutcome.TextOf(reason);
            Refusal? refusal = before == throttle ? new Refusal("no-change", "The model answers that far already.")
                : RefusalFor(standing, throttle < before)
                ?? (text is null ? ProtectionOutcome.NoReason : null);
            if (refusal is not null)
            {
                return new ProtectionOutcome.Refused(refusal);
            }

            change.Add(
                new ThrottleChoice(ThrottleChoiceId.New(), model.Id, throttle, text!.Digest, actor.User, change.Now),
                throttle == Throttle.Open ? "model.opened" : "model.throttled", model.Subject, text);
            return new ProtectionOutcome.Changed();
        }, cancellationToken);
    }

    private static Refusal? RefusalFor(Standing standing, bool opens)
    {
        bool owner = standing.Person is null || (standing.Relation.Owner && standing.Visibility == ModelVisibility.Full);
        bool may = owner || standing.RefusalFor(Right.Operate) is null
            || (!opens && (standing.RefusalFor(Right.Suspend) is null || standing.RefusalFor(Right.Administer) is null));
        return may ? null : new Refusal("no-right", opens
            ? "Only the model's owner or one of its operators lets it answer more again."
            : "Only the model's owner, one of its operators or approvers, or an administrator throttles it.");
    }
}
