using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Mitigation;

/// <summary>Refuses what cannot be mitigated, and names what a reader must know of what was found.</summary>
internal static class CheckMitigation
{
    /// <summary>Refuses options that are out of range.</summary>
    /// <exception cref="InputException">One is.</exception>
    public static void Options(MitigationOptions options)
    {
        string? fault = options.Grid is < 10 or > 100_000 ? "The grid takes 10 to 100,000 steps."
            : options.Tolerance is < 0 or > 1 or double.NaN ? "The tolerance lies in 0 to 1."
            : !(options.HoldoutShare is > 0 and < 1) ? "The share that is kept for judging lies between 0 and 1."
            : !(options.Level is > 0 and < 1) ? "The level of intervals must lie between 0 and 1."
            : options.MinGroup < 0 ? "The least rows of a group cannot be negative."
            : options.FrontierPoints is 1 or < 0 or > 201 ? "The frontier has 2 to 201 points, or none."
            : !(options.Costs is { FalsePositive: >= 0, FalseNegative: >= 0 } costs && costs.FalsePositive + costs.FalseNegative > 0
                && double.IsFinite(costs.FalsePositive + costs.FalseNegative)) ? "Costs are at least 0, and not both 0."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }

    /// <summary>Warns of thresholds that no longer look at the score.</summary>
    public static void Found(ThresholdFit found, MitigationOptions options, Action<AuditWarning> warn)
    {
        string[] blind = [.. found.Rules.Where(IsBlind).Select(rule => rule.Group)];
        if (blind.Length == found.Rules.Count)
        {
            warn(new AuditWarning(
                "score-not-used",
                $"Within the tolerance of {options.UsualTolerance} nothing better was found than to decide every row of every group alike, whatever its score."));
        }
        else if (blind.Length > 0)
        {
            warn(new AuditWarning("score-not-used", $"All rows of {string.Join(", ", blind.Select(group => $"'{group}'"))} are decided alike, whatever the score."));
        }

        if (options.Method == MitigationMethod.RejectBand && Confusion.Disparity(found.Expected, options.Constraint) is double disparity
            && disparity > options.UsualTolerance)
        {
            warn(new AuditWarning(
                "tolerance-not-reached",
                $"No band brings {MitigationWords.Rate(options.Constraint)} of the groups within {options.UsualTolerance}; the one with the smallest difference was taken."));
        }
    }

    private static bool IsBlind(GroupRule rule) =>
        rule.PIgnore >= 1 || rule.Rules.Where(part => part.P > 0).All(part => part.Op is ThresholdOperator.Always or ThresholdOperator.Never);
}
