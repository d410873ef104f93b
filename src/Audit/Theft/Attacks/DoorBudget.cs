using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Theft.Attacks;

/// <summary>The budgets of a simulated front door: a thief who waits for the next day whenever a day is spent.</summary>
internal sealed class DoorBudget(FrontDoorTerms terms, int features)
{
    private const int MonthDays = 30;

    private readonly int[] today = new int[terms.Accounts];
    private readonly int[] lifetime = new int[terms.Accounts];
    private readonly int[] disclosed = new int[terms.Accounts];
    private readonly List<int> all = [0];

    /// <summary>Units spent.</summary>
    public int Units { get; private set; }

    /// <summary>Days begun.</summary>
    public int Days => all.Count;

    /// <summary>Spends units from an account, or says which budget refuses; waits for another day where that helps.</summary>
    /// <param name="account">From 0.</param>
    /// <param name="price">Units.</param>
    /// <param name="discloses">Whether the answer tells more than a decision.</param>
    /// <returns>The budget that refuses; null where it was spent.</returns>
    public string? Spend(int account, int price, bool discloses)
    {
        if (terms.Limits is BudgetLimits limits)
        {
            bool linear = discloses && terms.Release == ReleaseClass.Linear && !terms.SeesCoefficients;
            if (linear && disclosed[account] + price > limits.LinearLifetime(features))
            {
                return "linear";
            }

            if (lifetime[account] + price > limits.PrincipalLifetime)
            {
                return "lifetime";
            }

            int day = Math.Min(limits.PrincipalDay, limits.TeamDay);
            while (today[account] + price > day || all.TakeLast(MonthDays).Sum() + price > limits.ModelMonth)
            {
                if (Days >= terms.Days || price > day || price > limits.ModelMonth)
                {
                    return today[account] + price > day ? "day" : "model";
                }

                all.Add(0);
                Array.Clear(today);
            }

            disclosed[account] += linear ? price : 0;
        }

        today[account] += price;
        lifetime[account] += price;
        all[^1] += price;
        Units += price;
        return null;
    }
}
