namespace Governance.Registry.Protection;

/// <summary>Whether a holder's limits leave room for a charge, and how much may be reserved ahead. Pure.</summary>
internal static class BudgetJudgement
{
    private const long MostBlock = 1_000;

    /// <summary>The first limit that a charge would pass; null where it fits.</summary>
    /// <param name="kind">Whose limits.</param>
    /// <param name="sums">Spent, with what is reserved.</param>
    /// <param name="reserved">Reserved here and not spent: room that is there already.</param>
    /// <param name="charge">What is asked.</param>
    public static (BudgetWindow Window, long Limit, long Left)? Refusal(
        BudgetHolderKind kind, BudgetSums sums, long reserved, Charge charge)
    {
        BudgetRules rules = charge.Rules;
        (BudgetWindow Window, long Limit, long Spent)[] limits = kind switch
        {
            BudgetHolderKind.Principal =>
                [(BudgetWindow.PrincipalLifetime, rules.PrincipalLifetime, sums.Lifetime), (BudgetWindow.PrincipalDay, rules.PrincipalDay, sums.Day)],
            BudgetHolderKind.Team => [(BudgetWindow.TeamDay, rules.TeamDay, sums.Day)],
            _ => [(BudgetWindow.ModelMonth, rules.ModelMonth, sums.Month)],
        };
        foreach ((BudgetWindow window, long limit, long spent) in limits)
        {
            if (spent - reserved + charge.Units > limit)
            {
                return (window, limit, Math.Max(0, limit - spent + reserved));
            }
        }

        return charge.Disclosing > 0 && rules.DisclosingLifetime is long most && kind != BudgetHolderKind.Model && sums.Disclosing + charge.Disclosing > most
            ? (kind == BudgetHolderKind.Team ? BudgetWindow.TeamDisclosing : BudgetWindow.PrincipalDisclosing, most, Math.Max(0, most - sums.Disclosing))
            : null;
    }

    /// <summary>The room that a holder's limits leave, beyond what is spent and reserved; never negative.</summary>
    public static long Room(BudgetHolderKind kind, BudgetSums sums, BudgetRules rules) => Math.Max(0, kind switch
    {
        BudgetHolderKind.Principal => Math.Min(rules.PrincipalLifetime - sums.Lifetime, rules.PrincipalDay - sums.Day),
        BudgetHolderKind.Team => rules.TeamDay - sums.Day,
        _ => rules.ModelMonth - sums.Month,
    });

    /// <summary>
    /// Units to reserve beyond the charge itself, which is also the most that a crash costs a holder: a quarter of the
    /// principal's or the team's day, and a thousandth of the model's month (or a principal's
    /// block, if that is more), as everybody's charges spend from that one.
    /// </summary>
    public static long Block(BudgetHolderKind kind, BudgetRules rules) => kind switch
    {
        BudgetHolderKind.Principal => Math.Min(rules.PrincipalDay / 4, MostBlock),
        BudgetHolderKind.Team => Math.Min(rules.TeamDay / 4, MostBlock),
        _ => Math.Max(rules.ModelMonth / 1_000, Math.Min(rules.PrincipalDay / 4, MostBlock)),
    };

    /// <summary>Whether two sets of limits are the same to a holder: principals of other limits spend from one block of the model.</summary>
    public static bool Same(BudgetHolderKind kind, BudgetRules? reserved, BudgetRules rules) => reserved is not null && kind switch
    {
        BudgetHolderKind.Principal => reserved == rules,
        BudgetHolderKind.Team => reserved.TeamDay == rules.TeamDay,
        _ => reserved.ModelMonth == rules.ModelMonth,
    };

    /// <summary>How far a refused window reaches back, in hours; null where time alone frees nothing.</summary>
    public static int? HoursOf(BudgetWindow window) => window switch
    {
        BudgetWindow.PrincipalDay or BudgetWindow.TeamDay => BudgetSums.DayHours,
        BudgetWindow.ModelMonth => BudgetSums.MonthHours,
        _ => null,
    };
}
