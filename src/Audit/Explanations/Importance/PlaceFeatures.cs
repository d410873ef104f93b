using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Explanations.Importance;

/// <summary>The places of one feature by two measures of importance, and what usually parts them.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Attributed">Its rank by mean |attribution|; 1 is the largest.</param>
/// <param name="AttributedRanks">[best, worst] of it in draws of other rows.</param>
/// <param name="Permuted">Its rank by permutation importance.</param>
/// <param name="PermutedRanks">[best, worst] of it.</param>
/// <param name="LosesNothing">Whether the interval of what is lost without it reaches 0.</param>
/// <param name="StandIns">Features that say much the same (<see cref="FeatureAssociation"/> at or above a limit), the closest first.</param>
/// <param name="Partner">The feature that its attributions depend on most beside its own value, where that is worth naming; else null.</param>
public sealed record PlacedFeature(
    string Feature, int Attributed, IReadOnlyList<int> AttributedRanks, int Permuted, IReadOnlyList<int> PermutedRanks, bool LosesNothing,
    IReadOnlyList<string> StandIns, Partner? Partner)
{
    /// <summary>Whether the two measures place it apart by more than other rows would explain: the intervals of its ranks have no place in common.</summary>
    /// <remarks>Two 95 % intervals that part are stricter than one test at 5 %; it is no statement about all features together.</remarks>
    public bool IsApart => AttributedRanks[0] > PermutedRanks[1] || PermutedRanks[0] > AttributedRanks[1];

    /// <summary>Places between the two intervals; 0 where they meet.</summary>
    public int Gap => Math.Max(0, Math.Max(AttributedRanks[0] - PermutedRanks[1], PermutedRanks[0] - AttributedRanks[1]));
}

/// <summary>Puts two measures of the same features side by side.</summary>
/// <remarks>
/// Attribution says how far a feature moves the output, permutation how much worse the answers are without it (Fisher, Rudin and
/// Dominici, JMLR 20, 2019). They part where features stand in for each other (either is missed little; Hooker, Mentch and Zhou,
/// "Unrestricted permutation forces extrapolation", Statistics and Computing 31, 2021), where features interact (shuffling breaks
/// the joint effect, attribution divides it), and where a feature moves the output for no better answers.
/// </remarks>
public static class PlaceFeatures
{
    /// <summary>Every feature, the furthest apart first, then by attribution.</summary>
    /// <param name="attributed">By mean |attribution|, the largest first.</param>
    /// <param name="ranks">Of the same features in the same order.</param>
    /// <param name="permuted">What shuffling showed of the same features, in any order.</param>
    /// <param name="associations">Shape [features, features], in the order of <paramref name="known"/>.</param>
    /// <param name="known">The features whose association is known.</param>
    /// <param name="partners">Of features: the one that each interacts with most; those that are not named have none.</param>
    /// <exception cref="ArgumentException">The features differ.</exception>
    public static IReadOnlyList<PlacedFeature> Of(
        IReadOnlyList<FeatureImportance> attributed, RankReport ranks, IReadOnlyList<PermutedFeature> permuted, double[,] associations,
        IReadOnlyList<string> known, IReadOnlyDictionary<string, Partner> partners)
    {
        ArgumentNullException.ThrowIfNull(attributed);
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(permuted);
        ArgumentNullException.ThrowIfNull(associations);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(partners);
        Dictionary<string, PermutedFeature> lost = permuted.ToDictionary(feature => feature.Feature, StringComparer.Ordinal);
        if (attributed.Count != lost.Count || ranks.Ranks.Count != attributed.Count || !attributed.All(feature => lost.ContainsKey(feature.Feature)))
        {
            throw new ArgumentException("Both measures must be of the same features.", nameof(permuted));
        }

        return
        [
            .. attributed.Select((feature, place) => new PlacedFeature(
                    feature.Feature, feature.Rank, ranks.Ranks[place], lost[feature.Feature].Rank, lost[feature.Feature].Ranks,
                    !(lost[feature.Feature].Interval[0] > 0), Alike(feature.Feature, associations, known), partners.GetValueOrDefault(feature.Feature)))
                .OrderByDescending(feature => feature.Gap),
        ];
    }

    private static string[] Alike(string feature, double[,] associations, IReadOnlyList<string> known)
    {
        int own = known.ToList().IndexOf(feature);
        return own < 0 ? [] :
        [
            .. Enumerable.Range(0, known.Count).Where(other => other != own && associations[own, other] >= CorrelatedGroups.DefaultLimit)
                .OrderByDescending(other => associations[own, other]).Select(other => known[other]),
        ];
    }
}
