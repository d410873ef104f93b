using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Protection;

/// <summary>Charges units before answers are made. Two at once cannot spend the same unit, in this process or another.</summary>
/// <remarks>
/// Charged first: units are reserved in the database in blocks, in one transaction over all holders that a charge
/// concerns, and then spent in memory. What is reserved counts as spent for everybody, so a crash gives nothing back and
/// costs at most a block a holder; an orderly stop gives the unspent rest back. A block that is half spent is filled up
/// behind the answers, so that only a principal's first charge of an hour waits for the disk. Without the database nothing is reserved
/// and the exception reaches the caller: no unit, no answer.
/// </remarks>
public sealed class AnswerBudgets : IDisposable
{
    private readonly IDbContextFactory<GovernanceDb> contexts;
    private readonly TimeProvider clock;
    private readonly BudgetRefill refill;
    private readonly SemaphoreSlim oneWriter = new(1, 1);
    private readonly BudgetLeases leases = new();

    /// <summary>Begins with nothing reserved.</summary>
    /// <param name="contexts">Where units are counted.</param>
    /// <param name="clock">Says which hour it is.</param>
    public AnswerBudgets(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
    {
        this.contexts = contexts;
        this.clock = clock;
        refill = new BudgetRefill(contexts, clock, leases, oneWriter);
    }

    /// <summary>Charges, or says which limit forbids it.</summary>
    /// <param name="charge">What to charge.</param>
    /// <param name="cancellationToken">Ends it while it waits; what was reserved stays reserved for the next.</param>
    public async Task<ChargeOutcome> ChargeAsync(Charge charge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(charge);
        ArgumentOutOfRangeException.ThrowIfLessThan(charge.Units, 1, nameof(charge));
        BudgetHolder[] holders = HoldersOf(charge);
        if (Take(charge, holders) is ChargeOutcome taken)
        {
            refill.Soon(charge, holders);
            return taken;
        }

        await oneWriter.WaitAsync(cancellationToken);
        try
        {
            return Take(charge, holders) ?? await ReserveAsync(charge, holders, cancellationToken);
        }
        finally
        {
            oneWriter.Release();
        }
    }

    /// <summary>Units of a holder that are reserved by this process and not spent: they count as spent everywhere else.</summary>
    public long ReservedOf(ModelId model, BudgetHolder holder) => leases.UnspentOf(model, holder);

    /// <summary>Gives back what is reserved and unspent: of past hours, or of all where the process is about to end.</summary>
    public async Task ReturnAsync(bool all, CancellationToken cancellationToken)
    {
        await oneWriter.WaitAsync(cancellationToken);
        try
        {
            HeldLease[] idle = leases.WithdrawIdle(AnswerUse.HourOf(clock.GetUtcNow()), all);
            try
            {
                await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
                await using IDbContextTransaction transaction = await BudgetRows.BeginAsync(db, cancellationToken);
                foreach (HeldLease one in idle.Where(one => one.Units > 0))
                {
                    await BudgetRows.AddAsync(db, one.Model, one.Holder, one.Lease.Hour, -one.Units, 0, cancellationToken);
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
            catch
            {
                leases.PutBack(idle);
                throw;
            }

            leases.Forget(idle);
        }
        finally
        {
            oneWriter.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneWriter.Dispose();

    private static BudgetHolder[] HoldersOf(Charge charge) => charge.OwnWindow ? [new(BudgetHolderKind.Principal, charge.Principal)] :
    [
        new(BudgetHolderKind.Principal, charge.Principal),
        .. charge.Teams.Distinct().Select(team => new BudgetHolder(BudgetHolderKind.Team, team)),
        new(BudgetHolderKind.Model, charge.Model.Value),
    ];

    // From what is reserved, without the database; null where that is not enough, or where numbers are limited for life.
    private ChargeOutcome.Charged? Take(Charge charge, BudgetHolder[] holders) =>
        charge.Disclosing > 0 && charge.Rules.DisclosingLifetime is not null
            ? null
            : leases.Take(charge, holders, AnswerUse.HourOf(clock.GetUtcNow()));

    private async Task<ChargeOutcome> ReserveAsync(Charge charge, BudgetHolder[] holders, CancellationToken cancellationToken)
    {
        HeldLease[] held = leases.Withdraw(charge.Model, holders);
        List<(BudgetLease Lease, BudgetLease Next)> next = [];
        ChargeOutcome.Refused? refused;
        try
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
            await using IDbContextTransaction transaction = await BudgetRows.BeginAsync(db, cancellationToken);
            long hour = await BudgetRows.HourAsync(db, charge.Model, clock.GetUtcNow(), cancellationToken);
            Dictionary<BudgetHolder, BudgetSums> sums = await BudgetSums.LoadAsync(db, charge.Model, holders, hour, cancellationToken);
            refused = await RefusalAsync(db, charge, held, sums, hour, cancellationToken);
            if (refused is null)
            {
                foreach (HeldLease one in held)
                {
                    next.Add((one.Lease, await ReserveAsync(
                        db, charge, one, sums.GetValueOrDefault(one.Holder, BudgetSums.None), hour, cancellationToken)));
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
        catch
        {
            leases.PutBack(held);
            throw;
        }

        if (refused is not null)
        {
            leases.PutBack(held);
            return refused;
        }

        return leases.Renew(next, charge.Units);
    }

    private static async Task<ChargeOutcome.Refused?> RefusalAsync(
        GovernanceDb db, Charge charge, HeldLease[] held, Dictionary<BudgetHolder, BudgetSums> sums, long hour,
        CancellationToken cancellationToken)
    {
        foreach (HeldLease one in held)
        {
            if (BudgetJudgement.Refusal(one.Holder.Kind, sums.GetValueOrDefault(one.Holder, BudgetSums.None), one.Units, charge)
                is (BudgetWindow window, long limit, long left))
            {
                return new ChargeOutcome.Refused(window, limit, left, BudgetJudgement.HoursOf(window) is int hours
                    ? await BudgetSums.FreeAtAsync(db, charge.Model, one.Holder, hour, hours, charge.Units - left, cancellationToken)
                    : null);
            }
        }

        return null;
    }

    private static async Task<BudgetLease> ReserveAsync(
        GovernanceDb db, Charge charge, HeldLease held, BudgetSums sums, long hour, CancellationToken cancellationToken)
    {
        (ModelId model, BudgetHolder holder, BudgetLease lease, long units) = held;
        long kept = lease.Hour == hour ? units : 0;
        if (kept < units)
        {
            await BudgetRows.AddAsync(db, model, holder, lease.Hour, -units, 0, cancellationToken); // unspent in its own hour
        }

        long room = BudgetJudgement.Room(holder.Kind, sums, charge.Rules) + units - kept;
        long least = Math.Max(0, charge.Units - kept);
        long more = Math.Max(least, Math.Min(charge.Units + BudgetJudgement.Block(holder.Kind, charge.Rules) - kept, room));
        bool limited = charge.Rules.DisclosingLifetime is not null && holder.Kind != BudgetHolderKind.Model;
        await BudgetRows.AddAsync(db, model, holder, hour, more, limited ? charge.Disclosing : 0, cancellationToken);
        return new BudgetLease { Hour = hour, Units = kept + more, Beyond = Math.Max(0, room - more), Rules = charge.Rules };
    }
}
