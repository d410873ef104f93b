using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>The owner's word on further answers to somebody whose answers nearly rebuild the model.</summary>
public sealed class DecideGauge(AppendGate gate, AnswerBudgets budgets)
{
    /// <summary>Approves so many more units.</summary>
    /// <param name="actor">The model's owner.</param>
    /// <param name="mark">About which mark.</param>
    /// <param name="units">1 to <see cref="BudgetChoice.MaxUnits"/>. Budgets go on counting.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ProtectionOutcome> ApproveAsync(Actor actor, GaugeMarkId mark, long units, string? reason, CancellationToken cancellationToken) =>
        RunAsync(actor, mark, GaugeVerdict.Approved, units, reason, cancellationToken);

    /// <summary>Says no to further answers, until the owner says otherwise.</summary>
    /// <param name="actor">The model's owner.</param>
    /// <param name="mark">About which mark.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ProtectionOutcome> RefuseAsync(Actor actor, GaugeMarkId mark, string? reason, CancellationToken cancellationToken) =>
        RunAsync(actor, mark, GaugeVerdict.Refused, 0, reason, cancellationToken);

    private Task<ProtectionOutcome> RunAsync(
        Actor actor, GaugeMarkId id, GaugeVerdict verdict, long units, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<ProtectionOutcome>(actor, async change =>
        {
            GaugeMark? mark = await change.Db.GaugeMarks.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            Model? model = mark is null ? null
                : await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == mark.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (mark is null || standing.Visibility != ModelVisibility.Full)
            {
                return new ProtectionOutcome.NoSuchModel();
            }

            PersonalText? text = ProtectionOutcome.TextOf(reason);
            Refusal? refusal = standing.Person is not Person person || !standing.Relation.Owner ? new Refusal(
                    "not-owner", "Only the model's owner approves or refuses further answers.")
                : person.Id == mark.Principal ? new Refusal("own-gauge", "Nobody approves answers to themself.")
                : verdict == GaugeVerdict.Approved && units is < 1 or > BudgetChoice.MaxUnits ? new Refusal(
                    "bad-units", $"Approve 1 to {BudgetChoice.MaxUnits} units.")
                : text is null ? ProtectionOutcome.NoReason
                : null;
            if (refusal is not null)
            {
                return new ProtectionOutcome.Refused(refusal);
            }

            change.Add(
                new GaugeDecision(
                    GaugeDecisionId.New(), id, verdict, units, await SpentAsync(change, mark, cancellationToken), text!.Digest,
                    standing.Person!.Id, change.Now),
                verdict == GaugeVerdict.Approved ? "gauge.approved" : "gauge.refused", model!.Subject, text);
            return new ProtectionOutcome.Changed();
        }, cancellationToken);
    }

    // What this process has reserved and not spent is not spent.
    private async Task<long> SpentAsync(RegistryChange change, GaugeMark mark, CancellationToken cancellationToken)
    {
        BudgetHolder holder = new(BudgetHolderKind.Principal, mark.Principal.Value);
        BudgetSums sums = (await BudgetSums.LoadAsync(change.Db, mark.Model, [holder], AnswerUse.HourOf(change.Now), cancellationToken))
            .GetValueOrDefault(holder, BudgetSums.None);
        return Math.Max(0, sums.Lifetime - budgets.ReservedOf(mark.Model, holder));
    }
}
