using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Home;

/// <summary>Where a version stands, as far as the question "what needs me" asks.</summary>
public sealed record VersionStanding
{
    public required string Model { get; init; }

    public required int Number { get; init; }

    public required RiskTier Tier { get; init; }

    public required Stage Stage { get; init; }

    public required UserId Author { get; init; }

    /// <summary>Who submitted it last, or null.</summary>
    public UserId? SubmittedBy { get; init; }

    /// <summary>Who reviewed it in this round.</summary>
    public IReadOnlySet<UserId> Reviewers { get; init; } = new HashSet<UserId>();

    /// <summary>Who decided on it in this round.</summary>
    public IReadOnlySet<UserId> Deciders { get; init; } = new HashSet<UserId>();

    /// <summary>How many approvals its tier asks for.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>Evidence sealed on it.</summary>
    public int Evidence { get; init; }

    /// <summary>Findings of its latest evidence that breach a gate.</summary>
    public int Breaches { get; init; }

    /// <summary>Findings of its latest evidence that cannot be decided.</summary>
    public int Inconclusive { get; init; }

    /// <summary>When it moved, or was registered.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Such as "hmda_fair v1".</summary>
    public string Name => $"{Model} v{Number}";

    /// <summary>The address of one of its tabs.</summary>
    public string Address(string tab) => $"/models/{Model}/versions/{Number}/{tab}";
}
