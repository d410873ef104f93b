using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>What was chosen for a model, and for one who asks it.</summary>
/// <param name="Policy">Its own output policy; null for the built-in one.</param>
/// <param name="Throttle">How far it answers at all.</param>
/// <param name="Budget">The principal's own budget; null for the policy's.</param>
public sealed record ProtectionChoices(OutputPolicyChoice? Policy, Throttle Throttle, BudgetChoice? Budget);

/// <summary>What a holder spent of a model.</summary>
/// <param name="Holder">Whose.</param>
/// <param name="Name">The account's, team's or model's name; null where it is gone.</param>
/// <param name="Sums">By window, with what is reserved and not yet spent.</param>
public sealed record HolderUse(BudgetHolder Holder, string? Name, BudgetSums Sums);

/// <summary>What a holder spent on one day.</summary>
/// <param name="Holder">Whose.</param>
/// <param name="Day">UTC.</param>
/// <param name="Units">With what is reserved and not yet spent.</param>
public sealed record DayUse(BudgetHolder Holder, DateOnly Day, long Units);

/// <summary>Reads budgets, choices and traffic. Who may look is judged by who asks.</summary>
public sealed class ProtectionQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>What counts for one who asks a model.</summary>
    public async Task<ProtectionChoices> ChoicesAsync(ModelId model, UserId principal, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return new ProtectionChoices(
            await PolicyAsync(db, model, cancellationToken), (await ThrottleAsync(db, model, cancellationToken))?.Throttle ?? Throttle.Open,
            await BudgetAsync(db, model, principal, cancellationToken));
    }

    /// <summary>What one principal spent of a model.</summary>
    public async Task<BudgetSums> SumsAsync(ModelId model, BudgetHolder holder, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await BudgetSums.LoadAsync(db, model, [holder], AnswerUse.HourOf(db.Now), cancellationToken))
            .GetValueOrDefault(holder, BudgetSums.None);
    }

    /// <summary>Everybody who ever spent a unit of a model: the model itself first, then by what they spent.</summary>
    public async Task<IReadOnlyList<HolderUse>> HoldersAsync(ModelId model, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<BudgetHolder> holders = [.. (await db.AnswerUses.AsNoTracking().Where(use => use.Model == model)
            .Select(use => new { use.Kind, use.Holder }).Distinct().ToListAsync(cancellationToken))
            .Select(row => new BudgetHolder(row.Kind, row.Holder))];
        Dictionary<BudgetHolder, BudgetSums> sums = await BudgetSums.LoadAsync(db, model, holders, AnswerUse.HourOf(db.Now), cancellationToken);
        Dictionary<Guid, string> names = await db.Users.AsNoTracking().ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
        foreach (var team in await db.Teams.AsNoTracking().Select(team => new { team.Id, team.Title }).ToListAsync(cancellationToken))
        {
            names[team.Id.Value] = team.Title;
        }

        return
        [
            .. sums.OrderByDescending(pair => pair.Key.Kind).ThenByDescending(pair => pair.Value.Lifetime)
                .Select(pair => new HolderUse(pair.Key, names.GetValueOrDefault(pair.Key.Id), pair.Value)),
        ];
    }

    /// <summary>Units by holder and day, oldest first: the burn-down.</summary>
    /// <param name="model">Of which model.</param>
    /// <param name="from">The first day.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<DayUse>> DaysAsync(ModelId model, DateOnly from, CancellationToken cancellationToken)
    {
        long first = AnswerUse.HourOf(new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<AnswerUse> uses = await db.AnswerUses.AsNoTracking().Where(use => use.Model == model && use.Hour >= first).ToListAsync(cancellationToken);
        return
        [
            .. uses.GroupBy(use => (Holder: new BudgetHolder(use.Kind, use.Holder), Day: DateOnly.FromDateTime(AnswerUse.Begin(use.Hour).UtcDateTime)))
                .Select(group => new DayUse(group.Key.Holder, group.Key.Day, group.Sum(use => use.Units)))
                .OrderBy(use => use.Day).ThenBy(use => use.Holder.Kind).ThenBy(use => use.Holder.Id),
        ];
    }

    /// <summary>The last answers of a model, newest first.</summary>
    public async Task<IReadOnlyList<AnsweredQuery>> LastAsync(ModelId model, int most, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AnsweredQueries.AsNoTracking().Where(query => query.Model == model)
            .OrderByDescending(query => query.At).ThenByDescending(query => query.Id).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>The rows that a principal was charged for, newest first: what exact repeats are known by.</summary>
    public async Task<IReadOnlyList<(string Kind, string Form, string Digest)>> KnownAsync(
        UserId principal, ModelVersionId version, int most, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.AnsweredQueries.AsNoTracking()
            .Where(query => query.Principal == principal && query.Version == version && query.Units > 0)
            .OrderByDescending(query => query.At).Take(most)
            .Select(query => new { query.Kind, query.Form, query.Digest }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Kind, row.Form, row.Digest))];
    }

    internal static Task<OutputPolicyChoice?> PolicyAsync(GovernanceDb db, ModelId model, CancellationToken cancellationToken) =>
        db.OutputPolicyChoices.AsNoTracking().Where(choice => choice.Model == model)
            .OrderByDescending(choice => choice.ChosenAt).ThenByDescending(choice => choice.Id).FirstOrDefaultAsync(cancellationToken);

    internal static Task<ThrottleChoice?> ThrottleAsync(GovernanceDb db, ModelId model, CancellationToken cancellationToken) =>
        db.ThrottleChoices.AsNoTracking().Where(choice => choice.Model == model)
            .OrderByDescending(choice => choice.ChosenAt).ThenByDescending(choice => choice.Id).FirstOrDefaultAsync(cancellationToken);

    internal static Task<BudgetChoice?> BudgetAsync(GovernanceDb db, ModelId model, UserId principal, CancellationToken cancellationToken) =>
        db.BudgetChoices.AsNoTracking().Where(choice => choice.Model == model && choice.Principal == principal)
            .OrderByDescending(choice => choice.ChosenAt).ThenByDescending(choice => choice.Id).FirstOrDefaultAsync(cancellationToken);
}
