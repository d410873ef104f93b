using System.Collections.Concurrent;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Protection;

/// <summary>Fills blocks of reserved units behind the answers, so that hardly a charge waits for the disk.</summary>
/// <remarks>
/// One transaction at a time, over everybody who ran low since the last: the disk is waited for once however many ask at once.
/// </remarks>
internal sealed class BudgetRefill(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock, BudgetLeases leases, SemaphoreSlim oneWriter)
{
    private readonly ConcurrentDictionary<(ModelId, Guid), (Charge Charge, BudgetHolder[] Holders)> waiting = new();
    private int refilling; // 1 while one is under way

    /// <summary>Fills the holders' blocks behind the caller, where one is half spent.</summary>
    public void Soon(Charge charge, BudgetHolder[] holders)
    {
        if (leases.Low(charge, holders, AnswerUse.HourOf(clock.GetUtcNow())).Length > 0)
        {
            waiting[(charge.Model, charge.Principal)] = (charge, holders);
            if (Interlocked.Exchange(ref refilling, 1) == 0)
            {
                _ = Task.Run(RefillAsync);
            }
        }
    }

    // What cannot be reserved now is reserved by the charge that finds the block empty. Whoever comes in the moment between
    // the last look and the flag comes again with the next charge.
    private async Task RefillAsync()
    {
        try
        {
            while (!waiting.IsEmpty)
            {
                await oneWriter.WaitAsync();
                try
                {
                    await FillAsync(Drain());
                }
                finally
                {
                    oneWriter.Release();
                }
            }
        }
        catch (Exception fault) when (StoreDown.Is(fault) || fault is ObjectDisposedException)
        {
        }
        finally
        {
            Volatile.Write(ref refilling, 0);
        }
    }

    private (Charge Charge, BudgetHolder[] Holders)[] Drain() =>
        [.. waiting.Keys.Select(key => waiting.TryRemove(key, out (Charge, BudgetHolder[]) one) ? one : ((Charge, BudgetHolder[])?)null).OfType<(Charge, BudgetHolder[])>()];

    // Leases stay in reach meanwhile: others only spend from them, and only whoever holds the turn puts anything in.
    private async Task FillAsync((Charge Charge, BudgetHolder[] Holders)[] low)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync();
        await using IDbContextTransaction transaction = await BudgetRows.BeginAsync(db, CancellationToken.None);
        List<(BudgetLease Lease, long More, long Beyond)> filled = [];
        foreach (var model in low.GroupBy(one => one.Charge.Model))
        {
            filled.AddRange(await ReserveAsync(db, model.Key, [.. model]));
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        leases.TopUp(filled);
    }

    // A team's or the model's block is filled once, for the first of those who found it low.
    private async Task<List<(BudgetLease Lease, long More, long Beyond)>> ReserveAsync(
        GovernanceDb db, ModelId model, (Charge Charge, BudgetHolder[] Holders)[] low)
    {
        long hour = await BudgetRows.HourAsync(db, model, clock.GetUtcNow(), CancellationToken.None);
        Dictionary<BudgetHolder, BudgetSums> sums = await BudgetSums.LoadAsync(
            db, model, [.. low.SelectMany(one => one.Holders).Distinct()], hour, CancellationToken.None);
        List<(BudgetLease Lease, long More, long Beyond)> filled = [];
        HashSet<BudgetHolder> done = [];
        foreach ((Charge charge, BudgetHolder[] holders) in low)
        {
            foreach (HeldLease one in leases.Low(charge, holders, hour).Where(one => done.Add(one.Holder)))
            {
                BudgetHolderKind kind = one.Holder.Kind;
                long room = BudgetJudgement.Room(kind, sums.GetValueOrDefault(one.Holder, BudgetSums.None), charge.Rules);
                long more = Math.Min(BudgetJudgement.Block(kind, charge.Rules) - one.Units, room);
                if (more > 0)
                {
                    await BudgetRows.AddAsync(db, model, one.Holder, hour, more, 0, CancellationToken.None);
                    filled.Add((one.Lease, more, room - more));
                }
            }
        }

        return filled;
    }
}
