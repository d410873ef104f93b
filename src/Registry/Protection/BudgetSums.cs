using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>What a holder has spent on a model, by window.</summary>
/// <param name="Day">In the last 24 hours, with the whole of the hour in which they began.</param>
/// <param name="Month">In the last 30 days, likewise.</param>
/// <param name="Lifetime">Ever.</param>
/// <param name="Disclosing">Ever, in answers that disclose more than a decision of a linear model.</param>
public sealed record BudgetSums(long Day, long Month, long Lifetime, long Disclosing)
{
    /// <summary>Hours of the longest day: an hour counts until its last minute is 24 hours old.</summary>
    public const int DayHours = 24;

    /// <summary>Hours of the model's window of 30 days.</summary>
    public const int MonthHours = 30 * 24;

    /// <summary>Sums of nobody.</summary>
    public static BudgetSums None { get; } = new(0, 0, 0, 0);

    /// <summary>Sums the hours of holders. Hours ahead of the clock count: setting it back frees nothing.</summary>
    internal static async Task<Dictionary<BudgetHolder, BudgetSums>> LoadAsync(
        GovernanceDb db, ModelId model, IReadOnlyList<BudgetHolder> holders, long hour, CancellationToken cancellationToken)
    {
        long day = hour - DayHours;
        long month = hour - MonthHours;
        Guid[] ids = [.. holders.Select(holder => holder.Id)];
        var sums = await db.AnswerUses.AsNoTracking()
            .Where(use => use.Model == model && ids.Contains(use.Holder) && (use.Kind != BudgetHolderKind.Model || use.Hour >= month))
            .GroupBy(use => new { use.Kind, use.Holder })
            .Select(group => new
            {
                group.Key.Kind,
                group.Key.Holder,
                Day = group.Sum(use => use.Hour >= day ? use.Units : 0),
                Month = group.Sum(use => use.Hour >= month ? use.Units : 0),
                Lifetime = group.Sum(use => use.Units),
                Disclosing = group.Sum(use => use.Disclosing),
            }).ToListAsync(cancellationToken);
        return sums.ToDictionary(
            row => new BudgetHolder(row.Kind, row.Holder), row => new BudgetSums(row.Day, row.Month, row.Lifetime, row.Disclosing));
    }

    /// <summary>When so many units of a sliding window will be free.</summary>
    internal static async Task<DateTimeOffset?> FreeAtAsync(
        GovernanceDb db, ModelId model, BudgetHolder holder, long hour, int hours, long wanted, CancellationToken cancellationToken)
    {
        long first = hour - hours;
        List<AnswerUse> uses = await db.AnswerUses.AsNoTracking()
            .Where(use => use.Model == model && use.Kind == holder.Kind && use.Holder == holder.Id && use.Hour >= first)
            .OrderBy(use => use.Hour).ToListAsync(cancellationToken);
        long freed = 0;
        foreach (AnswerUse use in uses)
        {
            freed += use.Units;
            if (freed >= wanted)
            {
                return AnswerUse.Begin(use.Hour + hours + 1);
            }
        }

        return null;
    }
}
