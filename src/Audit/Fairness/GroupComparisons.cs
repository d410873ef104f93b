using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Compares groups two by two.</summary>
internal static class GroupComparisons
{
    /// <summary>The most groups of which every pair is compared; of more, the largest becomes the reference group.</summary>
    public const int MostPaired = 20;

    private static readonly string[] Rates =
        ["selection_rate", "tpr", "fpr", "ppv", "accuracy", "favourable_tpr", "favourable_fpr", "favourable_ppv"];

    /// <summary>Tests each metric of each pair; metrics undefined in a pair have no test of it.</summary>
    /// <param name="groups">The groups in report order.</param>
    /// <param name="reference">The group that all others are compared with; null compares each pair.</param>
    /// <param name="options">Level and correction.</param>
    /// <param name="favourableIsPositive">Whether the favourable_… rates repeat those of the positive class; they are then left out.</param>
    /// <param name="weighted">Whether rows have weights: p values are then those of effective row numbers.</param>
    public static IReadOnlyList<GroupTest> Of(
        IReadOnlyList<GroupOutcomes> groups, GroupOutcomes? reference, FairnessOptions options,
        bool favourableIsPositive, bool weighted)
    {
        (GroupOutcomes A, GroupOutcomes B)[] pairs = [.. Pairs(groups, reference)];
        List<GroupTest> tests = [];
        foreach (string rate in Rates.Where(rate => !favourableIsPositive || !rate.StartsWith("favourable", StringComparison.Ordinal)))
        {
            tests.AddRange(Adjust(options.Correction, [.. pairs
                .Where(pair => pair.A[rate].IsDefined && pair.B[rate].IsDefined)
                .Select(pair => Proportions(rate, pair.A, pair.B, options.Level, weighted))]));
        }

        tests.AddRange(pairs.Select(pair => Odds("average_odds", "tpr", "fpr", pair.A, pair.B)).OfType<GroupTest>());
        if (!favourableIsPositive)
        {
            tests.AddRange(pairs
                .Select(pair => Odds("favourable_average_odds", "favourable_tpr", "favourable_fpr", pair.A, pair.B)).OfType<GroupTest>());
        }

        tests.AddRange(Adjust(options.Correction, [.. pairs
            .Where(pair => pair.A.Area.IsDefined && pair.B.Area.IsDefined)
            .Select(pair => Areas(pair.A, pair.B, options.Level))]));
        return tests;
    }

    private static IEnumerable<(GroupOutcomes A, GroupOutcomes B)> Pairs(IReadOnlyList<GroupOutcomes> groups, GroupOutcomes? reference)
    {
        if (reference is not null)
        {
            return groups.Where(group => group != reference).Select(group => (group, reference));
        }

        return from i in Enumerable.Range(0, groups.Count)
               from j in Enumerable.Range(i + 1, groups.Count - i - 1)
               select (groups[i], groups[j]);
    }

    private static GroupTest Proportions(string metric, GroupOutcomes a, GroupOutcomes b, double level, bool weighted)
    {
        (Rate first, Rate second) = (a[metric], b[metric]);
        return new GroupTest(
            metric, a.Name, b.Name, first.Value - second.Value, second.Value > 0 ? first.Value / second.Value : null,
            NewcombeInterval.Compute(first.Value, first.EffectiveRows, second.Value, second.EffectiveRows, level).ToArray(),
            TwoProportions.PValue(first.Value, first.EffectiveRows, second.Value, second.EffectiveRows, weighted), null)
        {
            RatioInterval = second.Value > 0
                ? LogRatioInterval.Compute(first.Value, first.EffectiveRows, second.Value, second.EffectiveRows, level).ToArray() : null,
        };
    }

    // The mean of two rates' differences. No interval yet: the two rates share no rows, but a closed form for it is not in use here.
    private static GroupTest? Odds(string metric, string first, string second, GroupOutcomes a, GroupOutcomes b)
    {
        double difference = ((a[first].Value - b[first].Value) + (a[second].Value - b[second].Value)) / 2;
        return double.IsNaN(difference) ? null : new GroupTest(metric, a.Name, b.Name, difference, null, null, null, null);
    }

    private static GroupTest Areas(GroupOutcomes a, GroupOutcomes b, double level)
    {
        double difference = a.Area.Area - b.Area.Area;
        double error = Math.Sqrt(a.Area.Variance + b.Area.Variance);
        double reach = error * NormalQuantile.TwoSided(level);
        return new GroupTest(
            "roc_auc", a.Name, b.Name, difference, b.Area.Area > 0 ? a.Area.Area / b.Area.Area : null,
            error > 0 ? [Math.Max(-1, difference - reach), Math.Min(1, difference + reach)] : null,
            error > 0 ? NormalQuantile.TwoSidedP(difference / error) : null, null);
    }

    private static IEnumerable<GroupTest> Adjust(Correction correction, GroupTest[] family)
    {
        double[] pValues = [.. family.Select(test => test.PValue).OfType<double>()];
        double[] adjusted = correction switch
        {
            Correction.Holm => MultipleTests.Holm(pValues),
            Correction.BenjaminiHochberg => MultipleTests.BenjaminiHochberg(pValues),
            _ => pValues,
        };
        int next = 0;
        return family.Select(test => test.PValue is null ? test : test with { AdjustedPValue = adjusted[next++] }).ToArray();
    }
}
