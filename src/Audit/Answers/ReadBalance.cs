using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>One limit and what is spent of it.</summary>
/// <param name="Window">Such as "principalDay".</param>
/// <param name="Limit">In units.</param>
/// <param name="Spent">In units.</param>
public sealed record BalanceLine(BudgetWindow Window, long Limit, long Spent)
{
    /// <summary>Units left; never negative.</summary>
    public long Left => Math.Max(0, Limit - Spent);
}

/// <summary>What somebody may still ask of a version's model.</summary>
/// <param name="Lines">Every limit that counts for them.</param>
/// <param name="Policy">What is released to them.</param>
public sealed record Balance(IReadOnlyList<BalanceLine> Lines, Policy.OutputPolicy Policy);

/// <summary>Reads what somebody may still ask; whoever may neither predict nor explain has no balance.</summary>
public sealed class ReadBalance(AnswerGrants grants, HostedModels models, ProtectionQueries queries, AnswerBudgets budgets)
{
    /// <summary>Reads it.</summary>
    /// <returns>The balance; a refusal; or neither where the version does not exist for them.</returns>
    /// <exception cref="Data.InputException">Model, encoding and reference data do not fit each other.</exception>
    public async Task<(Balance? Balance, Refusal? Refusal)> RunAsync(
        UserId principal, string modelName, int number, CancellationToken cancellationToken)
    {
        AnswerGrant grant = await grants.OfAsync(principal, Right.Predict, modelName, number, cancellationToken);
        if (!grant.Access.Decision.Allowed)
        {
            grant = await grants.OfAsync(principal, Right.ExplainRow, modelName, number, cancellationToken);
        }

        if (grant.Access is not { Model: Model model, Version: ModelVersion version })
        {
            return (null, null);
        }

        if (!grant.Access.Decision.Allowed)
        {
            return (null, RightsRefusals.For(Right.Predict));
        }

        using HostedLease lease = await models.TakeAsync(version.Id, grant.Choices.Policy, cancellationToken);
        BudgetRules rules = grant.RulesFor(lease.Model.Release, lease.Model.Features);
        BudgetHolder self = new(BudgetHolderKind.Principal, principal.Value);
        BudgetSums own = await SumsAsync(model.Id, self, cancellationToken);
        List<BalanceLine> lines =
        [
            new(BudgetWindow.PrincipalDay, rules.PrincipalDay, own.Day), new(BudgetWindow.PrincipalLifetime, rules.PrincipalLifetime, own.Lifetime),
        ];
        if (rules.DisclosingLifetime is long disclosing)
        {
            lines.Add(new BalanceLine(BudgetWindow.PrincipalDisclosing, disclosing, own.Disclosing));
        }

        if (grant.Choices.Budget?.OwnWindow is not true)
        {
            foreach (BudgetHolder team in grant.Teams.Select(team => new BudgetHolder(BudgetHolderKind.Team, team.Value)))
            {
                lines.Add(new BalanceLine(BudgetWindow.TeamDay, rules.TeamDay, (await SumsAsync(model.Id, team, cancellationToken)).Day));
            }

            BudgetSums all = await SumsAsync(model.Id, new BudgetHolder(BudgetHolderKind.Model, model.Id.Value), cancellationToken);
            lines.Add(new BalanceLine(BudgetWindow.ModelMonth, rules.ModelMonth, all.Month));
        }

        return (
            new Balance(lines, grant.Pack.For(grant.Access.Decision.By ?? Role.Consumer, grant.Access.Relation.Owner, lease.Model.Release)), null);
    }

    // What this process has reserved and not spent is theirs to spend.
    private async Task<BudgetSums> SumsAsync(ModelId model, BudgetHolder holder, CancellationToken cancellationToken)
    {
        BudgetSums sums = await queries.SumsAsync(model, holder, cancellationToken);
        long reserved = budgets.ReservedOf(model, holder);
        return sums with
        {
            Day = Math.Max(0, sums.Day - reserved), Month = Math.Max(0, sums.Month - reserved), Lifetime = Math.Max(0, sums.Lifetime - reserved),
        };
    }
}
