using Governance.Registry.Models;

namespace Governance.Registry.Protection;

/// <summary>Units that are charged in the database already and not spent yet.</summary>
internal sealed class BudgetLease
{
    /// <summary>The hour that they are charged to.</summary>
    public long Hour { get; set; }

    /// <summary>How many.</summary>
    public long Units { get; set; }

    /// <summary>What the holder's limit leaves beyond them, when they were reserved.</summary>
    public long Beyond { get; set; }

    /// <summary>The limits that they were reserved under.</summary>
    public BudgetRules? Rules { get; set; }
}

/// <summary>A lease taken out of reach of others while the database is asked, with what it held.</summary>
internal readonly record struct HeldLease(ModelId Model, BudgetHolder Holder, BudgetLease Lease, long Units);

/// <summary>All leases of this process. Safe from several threads.</summary>
internal sealed class BudgetLeases
{
    private readonly Lock gate = new();
    private readonly Dictionary<(ModelId Model, BudgetHolder Holder), BudgetLease> leases = [];

    /// <summary>Spends from every holder's lease; null where one has too little, or was made in another hour or under other limits.</summary>
    public ChargeOutcome.Charged? Take(Charge charge, BudgetHolder[] holders, long hour)
    {
        lock (gate)
        {
            BudgetLease?[] found = [.. holders.Select(holder => Enough(charge, holder, hour))];
            return !found.Contains(null)
                ? Spend(found!, charge.Units)
                : null;
        }
    }

    /// <summary>The holders' leases of this hour and these limits that hold less than half a block though the limit leaves more.</summary>
    public HeldLease[] Low(Charge charge, BudgetHolder[] holders, long hour)
    {
        lock (gate)
        {
            HeldLease[]? low = null;
            foreach (BudgetHolder holder in holders)
            {
                if (InForce(charge, holder, hour) is { Beyond: > 0 } lease && lease.Units < BudgetJudgement.Block(holder.Kind, charge.Rules) / 2)
                {
                    low = [.. low ?? [], new HeldLease(charge.Model, holder, lease, lease.Units)];
                }
            }

            return low ?? [];
        }
    }

    /// <summary>Adds units that the database now holds.</summary>
    public void TopUp(IEnumerable<(BudgetLease Lease, long More, long Beyond)> filled)
    {
        lock (gate)
        {
            foreach ((BudgetLease lease, long more, long beyond) in filled)
            {
                lease.Units += more;
                lease.Beyond = beyond;
            }
        }
    }

    /// <summary>Units of a holder's lease.</summary>
    public long UnspentOf(ModelId model, BudgetHolder holder)
    {
        lock (gate)
        {
            return leases.TryGetValue((model, holder), out BudgetLease? lease) ? lease.Units : 0;
        }
    }

    /// <summary>Sets leases to what the database now holds, and spends from them.</summary>
    public ChargeOutcome.Charged Renew(IReadOnlyList<(BudgetLease Lease, BudgetLease Next)> leases, int units)
    {
        lock (gate)
        {
            foreach ((BudgetLease lease, BudgetLease next) in leases)
            {
                (lease.Hour, lease.Units, lease.Beyond, lease.Rules) = (next.Hour, next.Units, next.Beyond, next.Rules);
            }

            return Spend(leases.Select(one => one.Lease), units);
        }
    }

    /// <summary>Withdraws the holders' leases: until they are renewed or put back nobody spends from them.</summary>
    public HeldLease[] Withdraw(ModelId model, BudgetHolder[] holders)
    {
        lock (gate)
        {
            return [.. holders.Select(holder => Withdraw(model, holder))];
        }
    }

    /// <summary>Withdraws the leases of past hours, or all.</summary>
    public HeldLease[] WithdrawIdle(long hour, bool all)
    {
        lock (gate)
        {
            return [.. leases.Where(pair => all || pair.Value.Hour < hour).Select(pair => pair.Key).ToArray()
                .Select(key => Withdraw(key.Model, key.Holder))];
        }
    }

    /// <summary>Puts back what was withdrawn.</summary>
    public void PutBack(IEnumerable<HeldLease> held)
    {
        lock (gate)
        {
            foreach (HeldLease one in held)
            {
                one.Lease.Units += one.Units;
            }
        }
    }

    /// <summary>Forgets leases whose units were given back.</summary>
    public void Forget(IEnumerable<HeldLease> held)
    {
        lock (gate)
        {
            foreach (HeldLease one in held)
            {
                leases.Remove((one.Model, one.Holder));
            }
        }
    }

    private BudgetLease? InForce(Charge charge, BudgetHolder holder, long hour) =>
        leases.TryGetValue((charge.Model, holder), out BudgetLease? lease) && lease.Hour == hour && BudgetJudgement.Same(holder.Kind, lease.Rules, charge.Rules)
            ? lease
            : null;

    private BudgetLease? Enough(Charge charge, BudgetHolder holder, long hour) =>
        InForce(charge, holder, hour) is BudgetLease lease && lease.Units >= charge.Units ? lease : null;

    private HeldLease Withdraw(ModelId model, BudgetHolder holder)
    {
        if (!leases.TryGetValue((model, holder), out BudgetLease? lease))
        {
            leases[(model, holder)] = lease = new BudgetLease();
        }

        HeldLease held = new(model, holder, lease, lease.Units);
        lease.Units = 0;
        return held;
    }

    private static ChargeOutcome.Charged Spend(IEnumerable<BudgetLease> held, int units)
    {
        long remaining = long.MaxValue;
        foreach (BudgetLease lease in held)
        {
            lease.Units -= units;
            remaining = Math.Min(remaining, lease.Units + lease.Beyond);
        }

        return new ChargeOutcome.Charged(remaining);
    }
}
