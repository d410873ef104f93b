using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>A budget that somebody asks for, in units; null leaves a limit to the policy.</summary>
/// <param name="Day">In 24 hours.</param>
/// <param name="Lifetime">Ever.</param>
/// <param name="Disclosing">Of numbers of a linear model, ever.</param>
/// <param name="OwnWindow">For programs: whether the model's window and the team's day leave it out.</param>
public sealed record WantedBudget(long? Day, long? Lifetime, long? Disclosing, bool OwnWindow);

/// <summary>Gives a person or program a budget of its own on a model.</summary>
/// <remarks>
/// The model's owner approves what people may ask beyond the policy; an operator of the model, or the owner, sets what a
/// service account may. Nobody does it for themself: for the owner an administrator does. An administrator may always set
/// a budget that is tighter than the one that counts.
/// </remarks>
public sealed class ChooseBudget(AppendGate gate)
{
    /// <summary>Chooses.</summary>
    /// <param name="actor">Who chooses.</param>
    /// <param name="modelName">On which model.</param>
    /// <param name="principal">Whose budget.</param>
    /// <param name="wanted">The limits.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ProtectionOutcome> RunAsync(
        Actor actor, string modelName, UserId principal, WantedBudget wanted, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        return gate.RunAsync<ProtectionOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (model is null || standing.Visibility == ModelVisibility.None)
            {
                return new ProtectionOutcome.NoSuchModel();
            }

            GovernanceUser? holder = await change.Db.Users.AsNoTracking()
                .FirstOrDefaultAsync(user => user.Id == principal.Value, cancellationToken);
            BudgetChoice? last = await ProtectionQueries.BudgetAsync(change.Db, model.Id, principal, cancellationToken);
            PersonalText? text = ProtectionOutcome.TextOf(reason);
            Refusal? refusal = holder is null ? new Refusal("unknown", "There is no such account.")
                : RefusalFor(actor, standing, model, holder, wanted, last)
                ?? ((long?[])[wanted.Day, wanted.Lifetime, wanted.Disclosing]).FirstOrDefault(units => units is < 0 or > BudgetChoice.MaxUnits) switch
                {
                    null => wanted.OwnWindow && holder.Kind != AccountKind.Service
                        ? new Refusal("own-window", "Only a service account may have a window of its own.")
                        : null,
                    _ => new Refusal("bad-units", $"A budget is 0 to {BudgetChoice.MaxUnits} units."),
                }
                ?? (text is null ? ProtectionOutcome.NoReason : null);
            if (refusal is not null)
            {
                return new ProtectionOutcome.Refused(refusal);
            }

            change.Add(
                new BudgetChoice(
                    BudgetChoiceId.New(), model.Id, principal, wanted.Day, wanted.Lifetime, wanted.Disclosing, wanted.OwnWindow,
                    text!.Digest, actor.User, change.Now),
                "budget.chosen", model.Subject, text);
            return new ProtectionOutcome.Changed();
        }, cancellationToken);
    }

    private static Refusal? RefusalFor(
        Actor actor, Standing standing, Model model, GovernanceUser holder, WantedBudget wanted, BudgetChoice? last)
    {
        if (standing.Person is null)
        {
            return null; // the server's own command line
        }

        bool self = actor.User == holder.Person;
        bool administers = standing.RefusalFor(Right.Administer) is null;
        if (self)
        {
            return new Refusal("own-budget", "Nobody gives themself a budget. Ask the model's owner; an owner asks an administrator.");
        }

        bool operates = holder.Kind == AccountKind.Service && standing.RefusalFor(Right.Operate) is null;
        bool owner = standing.Relation.Owner && standing.Visibility == ModelVisibility.Full;
        bool tightens = last is not null && !Above(wanted.Day, last.DayUnits) && !Above(wanted.Lifetime, last.LifetimeUnits)
            && !Above(wanted.Disclosing, last.DisclosingUnits) && (last.OwnWindow || !wanted.OwnWindow);
        return owner || operates || (administers && (tightens || model.Owner == holder.Person))
            ? null
            : new Refusal("no-right", administers
                ? "An administrator may only tighten a budget, or give one to the model's owner; more is the owner's to approve."
                : "Only the model's owner approves a budget, and for a service account an operator of the model.");

        // Null is the policy's own limit, which nobody knows here: only a number below a number is tighter.
        static bool Above(long? wanted, long? last) => wanted is long more && last is long before ? more > before : wanted != last;
    }
}
