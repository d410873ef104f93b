using System.Globalization;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Theft.Attacks;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.RedTeam;

/// <summary>On whose terms the command line asks the red team to attack.</summary>
internal static class RedTeamTerms
{
    /// <summary>Reads roles, policy and budget.</summary>
    /// <param name="roles">A comma-separated list; null for all.</param>
    /// <param name="policy">default, off, or a file.</param>
    /// <param name="budget">Such as day=200,lifetime=500; null for the pack's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>No audience for off.</returns>
    /// <exception cref="InputException">One of them makes no sense, or the file cannot be read.</exception>
    public static async Task<(IReadOnlyList<Audience> Audiences, OutputPolicies Policies)> ReadAsync(
        string? roles, string policy, string? budget, CancellationToken cancellationToken)
    {
        OutputPolicies pack = policy is "default" or FrontDoorTerms.Off
            ? OutputPolicies.Default
            : OutputPolicies.Read(await UserFiles.ReadAsync(policy, cancellationToken));
        Audience[] audiences = policy == FrontDoorTerms.Off ? []
            : roles is null ? [Audience.Consumer, Audience.Reviewer, Audience.Approver, Audience.Developer, Audience.Owner]
            : [.. DataFile.Names(roles).Select(FrontDoorTerms.AudienceOf)];
        return (audiences, pack with { Limits = Limits(pack.Limits, budget) });
    }

    private static BudgetLimits Limits(BudgetLimits limits, string? budget)
    {
        foreach (string part in DataFile.Names(budget))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || !int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int units))
            {
                throw new InputException($"--budget takes parts such as day=200, not '{part}'.");
            }

            limits = sides[0] switch
            {
                "day" => limits with { PrincipalDay = units, TeamDay = Math.Max(units, limits.TeamDay) },
                "lifetime" => limits with { PrincipalLifetime = units },
                "month" => limits with { ModelMonth = units },
                _ => throw new InputException($"--budget knows day, lifetime and month, not '{sides[0]}'."),
            };
        }

        return limits;
    }
}
