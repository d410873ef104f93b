using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>Puts a model's own output policy on record.</summary>
/// <remarks>
/// An administrator, or the model's owner, may tighten. Loosening takes two administrators; until two agreed it is refused.
/// What is looser only the reader of policies can say: the caller compares and says so.
/// </remarks>
public sealed class RecordOutputPolicy(AppendGate gate)
{
    /// <summary>Records.</summary>
    /// <param name="actor">Who chooses.</param>
    /// <param name="modelName">Of which model.</param>
    /// <param name="policy">JSON that was read and accepted.</param>
    /// <param name="reference">The data set whose rows say what is legal; null for that of the latest evidence.</param>
    /// <param name="isLooserThan">Whether it is looser than a policy on record; null stands for the built-in one.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ProtectionOutcome> RunAsync(
        Actor actor, string modelName, string policy, string? reference, Func<string?, bool> isLooserThan, string? reason,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(isLooserThan);
        return gate.RunAsync<ProtectionOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (model is null || standing.Visibility == ModelVisibility.None)
            {
                return new ProtectionOutcome.NoSuchModel();
            }

            OutputPolicyChoice? last = await ProtectionQueries.PolicyAsync(change.Db, model.Id, cancellationToken);
            PersonalText? text = ProtectionOutcome.TextOf(reason);
            bool owner = standing.Relation.Owner && standing.Visibility == ModelVisibility.Full;
            Refusal? refusal = standing.Person is not null && !owner && standing.RefusalFor(Right.Administer) is not null
                    ? new Refusal("no-right", "Only an administrator or the model's owner chooses its output policy.")
                : isLooserThan(last?.Policy) && standing.Person is not null
                    ? new Refusal("loosens", "This policy lets out more than the one that counts. Loosening needs a second administrator's consent; tighten only, or have it proposed.")
                : reference is not null && !await change.Db.Datasets.AnyAsync(row => row.Name == reference, cancellationToken)
                    ? new Refusal("no-dataset", $"There is no data set '{reference}'.")
                : text is null ? ProtectionOutcome.NoReason
                : null;
            if (refusal is not null)
            {
                return new ProtectionOutcome.Refused(refusal);
            }

            change.Add(
                new OutputPolicyChoice(OutputPolicyChoiceId.New(), model.Id, policy, reference, text!.Digest, actor.User, change.Now),
                "output-policy.chosen", model.Subject, text);
            return new ProtectionOutcome.Changed();
        }, cancellationToken);
    }
}
