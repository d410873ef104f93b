using Governance.Registry.Models;

namespace Governance.Registry.Policies;

/// <summary>What a policy asks of the models of one tier.</summary>
public sealed record TierRule
{
    /// <summary>The tier.</summary>
    public required RiskTier Tier { get; init; }

    /// <summary>How many different reviewers; at least 1.</summary>
    public required int Reviewers { get; init; }

    /// <summary>How many different approvers; at least 1.</summary>
    public required int Approvers { get; init; }

    /// <summary>How many days after it was sealed evidence counts.</summary>
    public required int EvidenceDays { get; init; }

    /// <summary>How many days after a decision the version is reviewed anew.</summary>
    public required int CadenceDays { get; init; }

    /// <summary>The rule or text that it comes from.</summary>
    public required string Citation { get; init; }
}
