using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>A feature's importance with the ranks that its interval leaves open.</summary>
/// <param name="Importance">What was measured.</param>
/// <param name="BestRank">1 + how many features lie wholly above its interval.</param>
/// <param name="WorstRank">The number of features less those wholly below its interval.</param>
internal sealed record RankedFeature(FeatureImportance Importance, int BestRank, int WorstRank)
{
    /// <summary>Whether only one rank is left.</summary>
    public bool Resolved => BestRank == WorstRank;

    /// <summary>"3" or "4 to 6".</summary>
    public string Ranks => Resolved ? $"{BestRank}" : $"{BestRank} to {WorstRank}";

    /// <summary>Ranks every feature, the most important first. O(features²).</summary>
    public static IReadOnlyList<RankedFeature> Rank(IReadOnlyList<FeatureImportance> importance) =>
    [
        .. importance.OrderBy(feature => feature.Rank).Select(feature => new RankedFeature(
            feature,
            1 + importance.Count(other => other.Interval[0] > feature.Interval[1]),
            importance.Count - importance.Count(other => other.Interval[1] < feature.Interval[0]))),
    ];
}
