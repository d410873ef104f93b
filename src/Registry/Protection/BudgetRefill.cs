using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Protection;

/// <summary>Fills blocks of reserved units behind the answers, so that hardly a charge waits for the disk.</summary>
/// <remarks>One at a time: whoever comes meanwhile finds the block filled, or asks at the next charge.</remarks>
internal sealed class BudgetRefill(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock, BudgetLeases leases, SemaphoreSlim oneWriter)
{
    private int refilling; // 1 while one is under way

    /// <summary>Fills the holders' blocks behind the caller, where one is half spent.</summary>
    public void Soon(Charge charge, BudgetHolder[] holders)
    {
        if (leases.Low(charge, holders, AnswerUse.HourOf(clock.GetUtcNow())).Length > 0 && Interlocked.Exchange(ref refilling, 1) == 0)
        {
            _ = Task.Run(() => RefillAsync(charge, holders));
        }
    }

    // What cannot be reserved now is reserved by the charge that finds the block empty.
    private async Task RefillAsync(Charge charge, BudgetHolder[] holders)
    {
        try
        {
            await oneWriter.WaitAsync();
            try
            {
                await FillAsync(charge, holders);
            }
            finally
            {
                oneWriter.Release();
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

    // Leases stay in reach meanwhile: others only spend from them, and only whoever holds the turn puts anything in.
    private async Task FillAsync(Charge charge, BudgetHolder[] holders)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync();
        await using IDbContextTransaction transaction = await BudgetRows.BeginAsync(db, CancellationToken.None);
        long hour = await BudgetRows.HourAsync(db, charge.Model, clock.GetUtcNow(), CancellationToken.None);
        HeldLease[] low = leases.Low(charge, holders, hour);
        Dictionary<BudgetHolder, BudgetSums> sums = await BudgetSums.LoadAsync(db, charge.Model, holders, hour, CancellationToken.None);
        List<(BudgetLease Lease, long More, long Beyond)> filled = [];
        foreach (HeldLease one in low)
        {
            long room = BudgetJudgement.Room(one.Holder.Kind, sums.GetValueOrDefault(one.Holder, BudgetSums.None), charge.Rules);
            long more = Math.Min(BudgetJudgement.Block(charge) - one.Units, room);
            if (more > 0)
            {
                await BudgetRows.AddAsync(db, charge.Model, one.Holder, hour, more, 0, CancellationToken.None);
                filled.Add((one.Lease, more, room - more));
            }
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        leases.TopUp(filled);
    }
}
