using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Home;

/// <summary>How many versions stand where. Pure.</summary>
internal static class PortfolioCounts
{
    /// <summary>The columns of the portfolio, each with the stages that it counts; every stage is in one.</summary>
    public static IReadOnlyList<(string Name, Stage[] Stages)> Columns { get; } =
    [
        ("Draft", [Stage.Draft, Stage.ChangesRequested]),
        ("In review", [Stage.InReview]),
        ("Approved", [Stage.Approved, Stage.ApprovedWithConditions]),
        ("Stopped", [Stage.Suspended, Stage.Rejected, Stage.Expired, Stage.Voided]),
        ("Retired", [Stage.Retired]),
    ];

    /// <summary>The versions of a tier (null for all) that stand in one of these stages.</summary>
    public static int Of(IEnumerable<VersionStanding> versions, RiskTier? tier, Stage[] stages) =>
        versions.Count(version => (tier is null || version.Tier == tier) && stages.Contains(version.Stage));
}
