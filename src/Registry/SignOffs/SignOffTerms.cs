using Governance.Registry.Models;
using Governance.Registry.Policies;

namespace Governance.Registry.SignOffs;

/// <summary>What a policy pack asks of sign-offs of one tier.</summary>
/// <param name="Reviewers">How many different reviewers, at least 1.</param>
/// <param name="Approvers">How many different approvers, at least 1.</param>
/// <param name="ApprovalLifetime">How long an approval counts.</param>
/// <param name="EvidenceLifetime">How long evidence counts after it was sealed.</param>
public sealed record SignOffTerms(int Reviewers, int Approvers, TimeSpan ApprovalLifetime, TimeSpan EvidenceLifetime)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(365);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>How long before an end people are reminded.</summary>
    public TimeSpan Reminder { get; init; } = Month;

    /// <summary>A waiver lasts as long as the approval at most.</summary>
    public TimeSpan LongestWaiver => ApprovalLifetime;

    /// <summary>The terms of a tier; the rule of rights, two approvers from High on, is a floor that no pack lowers.</summary>
    public static SignOffTerms Of(PolicyPack pack, RiskTier tier)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return pack.For(tier) is not TierRule rule
            ? new SignOffTerms(1, SignOffPolicy.ApproversNeeded(tier), Usual, Usual) { Reminder = Month }
            : new SignOffTerms(
                rule.Reviewers, Math.Max(rule.Approvers, SignOffPolicy.ApproversNeeded(tier)), TimeSpan.FromDays(rule.CadenceDays), TimeSpan.FromDays(rule.EvidenceDays))
            {
                Reminder = pack.Limit("review-reminder-days") is double days ? TimeSpan.FromDays(days) : Month,
            };
    }
}
