using Governance.Audit.Explanations;
using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>Whether the variant leans on the same features for the same rows. Pure.</summary>
internal static class AttributionLines
{
    private static readonly (string Name, string Limit, LimitSide Side)[] Figures =
    [
        ("rank_correlation", EquivalenceLimits.RankCorrelation, LimitSide.Floor), ("top_features", EquivalenceLimits.TopFeatures, LimitSide.Floor),
        ("ndcg", EquivalenceLimits.Ndcg, LimitSide.Floor), ("sign_changes", EquivalenceLimits.SignChanges, LimitSide.Rise),
    ];

    /// <summary>Compares explanations of the same rows, feature by feature of the same name.</summary>
    public static IEnumerable<EquivalenceLine> Of(ExplanationReport a, ExplanationReport b, PolicyPack pack, int seed)
    {
        string[] shared = [.. a.Features.Intersect(b.Features, StringComparer.Ordinal)];
        if (shared.Length < Math.Max(a.Features.Count, b.Features.Count))
        {
            return Open("the two take other features, so their attributions cannot be put side by side.", pack);
        }

        if (shared.Length < 2)
        {
            return Absent("the two take one feature alone, so there is no order of features.", pack);
        }

        // Of several classes a row is explained for the class that was predicted: one that flipped has no common one.
        (double[] A, double[] B)[] rows = [.. a.Rows.Zip(b.Rows).Where(pair => pair.First.ClassIndex == pair.Second.ClassIndex)
            .Select(pair => (By(a, pair.First, shared), By(b, pair.Second, shared)))];
        if (rows.Length == 0)
        {
            return Open("no explained row has the same class in both.", pack);
        }

        AttributionAgreement agreement = AttributionAgreement.Of([.. rows.Select(row => row.A)], [.. rows.Select(row => row.B)], pack.Level, seed);
        string? note = a.Method == b.Method ? null : $"The methods differ ({a.Method} and {b.Method}).";
        return Figures.Zip((AgreementFigure[])[agreement.RankCorrelation, agreement.TopOverlap, agreement.Ndcg, agreement.SignChanges]).Select(pair => JudgeLine.Of(
            new EquivalenceLine
            {
                Name = pair.First.Name, Topic = EquivalenceTopics.Attributions, Difference = pair.Second.Value, Interval = pair.Second.Interval,
                N = agreement.Rows, Reason = note,
            },
            pair.First.Limit, pair.First.Side, pack));
    }

    /// <summary>Lines that say why nothing was compared.</summary>
    public static IEnumerable<EquivalenceLine> Open(string reason, PolicyPack pack) =>
        Figures.SelectMany(figure => JudgeLine.Open(EquivalenceTopics.Attributions, figure.Name, figure.Limit, reason, pack));

    private static IEnumerable<EquivalenceLine> Absent(string reason, PolicyPack pack) =>
        Figures.SelectMany(figure => JudgeLine.NotApplicable(EquivalenceTopics.Attributions, figure.Name, figure.Limit, reason, pack));

    private static double[] By(ExplanationReport report, ExplainedRow row, string[] names)
    {
        List<string> features = [.. report.Features];
        return [.. names.Select(name => row.Values[0][features.IndexOf(name)])];
    }
}
