using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Protection;

/// <summary>The rows of budgets in the database.</summary>
internal static class BudgetRows
{
    // Any constant does; this one spells "gov use" so that it can be told apart in pg_locks.
    private const long AdvisoryLock = 0x676f765f757365;

    /// <summary>Begins a transaction that no other one of this kind, in whatever process, runs beside.</summary>
    public static async Task<IDbContextTransaction> BeginAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellationToken);
        }

        return transaction;
    }

    /// <summary>The hour that units are charged to now: never before the last on record, as a clock set back must not put use where it ages sooner.</summary>
    public static async Task<long> HourAsync(GovernanceDb db, ModelId model, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long? last = await db.AnswerUses.Where(use => use.Model == model).MaxAsync(use => (long?)use.Hour, cancellationToken);
        return Math.Max(AnswerUse.HourOf(now), last ?? 0);
    }

    /// <summary>Adds units to a holder's hour; fewer than none gives some back.</summary>
    public static async Task AddAsync(
        GovernanceDb db, ModelId model, BudgetHolder holder, long hour, long units, long disclosing, CancellationToken cancellationToken)
    {
        AnswerUse? use = await db.AnswerUses.FindAsync([model, holder.Kind, holder.Id, hour], cancellationToken);
        if (use is null)
        {
            use = new AnswerUse(model, holder.Kind, holder.Id, hour);
            db.AnswerUses.Add(use);
        }

        use.Add(units, disclosing);
    }
}
