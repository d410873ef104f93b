using Governance.Audit.Comparisons;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Portal.Features.Evidence;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Which features two versions lean on, from the sealed evidence of each. Pure.</summary>
/// <param name="Features">Of both, in the order of the first.</param>
/// <param name="Ndcg">How alike the two orders are, in (0, 1]; NaN where the first leans on nothing.</param>
/// <param name="OnlyOne">Features that only one of them has.</param>
/// <param name="Notes">What a reader must know where the two were not measured alike.</param>
internal sealed record ComparedAttributions(
    IReadOnlyList<ComparedFeature> Features, double Ndcg, IReadOnlyList<string> OnlyOne, IReadOnlyList<string> Notes)
{
    /// <summary>Below this the order has changed: the default limit of attribution drift.</summary>
    public const double Limit = 0.90;

    /// <summary>Puts two explanations side by side.</summary>
    /// <returns>Null where one of the versions has none, or the two have fewer than two features in common.</returns>
    public static ComparedAttributions? Of(SealedFindings? first, SealedFindings? second)
    {
        if (first?.Document is not { Importance: { } ours, Explanation: { } a } || second?.Document is not { Importance: { } theirs, Explanation: { } b })
        {
            return null;
        }

        FeatureImportance[] before = [.. ours.Where(feature => theirs.Any(other => other.Feature == feature.Feature)).OrderBy(feature => feature.Rank)];
        if (before.Length < 2)
        {
            return null;
        }

        FeatureImportance[] after = [.. before.Select(feature => theirs.First(other => other.Feature == feature.Feature))];
        double[] gains = [.. before.Select(feature => feature.MeanAbsolute)];
        double[] values = [.. after.Select(feature => feature.MeanAbsolute)];
        int[] from = RankAgreement.Places(gains);
        int[] to = RankAgreement.Places(values);
        return new ComparedAttributions(
            [.. before.Select((feature, index) => new ComparedFeature(feature.Feature, from[index], to[index], gains[index], values[index]))],
            RankAgreement.Ndcg(gains, values),
            [.. ours.Concat(theirs).Select(feature => feature.Feature).GroupBy(name => name).Where(group => group.Count() == 1).Select(group => group.Key)],
            [
                .. a.Method != b.Method ? (string[])[$"The methods differ: {a.Method} and {b.Method}."] : [],
                .. a.Link != b.Link ? (string[])[$"The units differ: {a.Link} and {b.Link}; places compare, sizes do not."] : [],
                .. a.Rows.Count != b.Rows.Count ? (string[])[$"{PlainNumbers.Count(a.Rows.Count)} and {PlainNumbers.Count(b.Rows.Count)} rows were explained."] : [],
            ]);
    }
}

/// <summary>A feature in both orders.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="From">Its place in the first, from 1.</param>
/// <param name="To">Its place in the second, from 1.</param>
/// <param name="Before">Mean absolute attribution in the first, in the unit of its evidence.</param>
/// <param name="After">In the second.</param>
internal sealed record ComparedFeature(string Feature, int From, int To, double Before, double After);
