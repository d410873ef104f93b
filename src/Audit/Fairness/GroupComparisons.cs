using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>Compares groups two by two.</summary>
/// <param name="groups">The groups in report order.</param>
/// <param name="rows">What kind of task it is.</param>
/// <param name="options">Level and correction.</param>
/// <param name="bootstrap">The resamples of the same groups; null for closed forms.</param>
internal sealed class GroupComparisons(
    IReadOnlyList<GroupFigures> groups, MeasuredRows rows, FairnessOptions options, GroupBootstrap? bootstrap)
{
    /// <summary>The most groups of which every pair is compared; of more, the largest becomes the reference group.</summary>
    public const int MostPaired = 20;

    // Of more rows in the two groups together the exact tests say what the z test says.
    private const int MostExactRows = 1_000;

    private readonly double z = NormalQuantile.TwoSided(options.Level);

    /// <summary>Tests each metric of each pair; metrics undefined in a pair have no test of it.</summary>
    /// <param name="reference">The group that all others are compared with; null compares each pair.</param>
    public IReadOnlyList<GroupTest> Against(GroupFigures? reference)
    {
        (int A, int B)[] pairs = [.. Pairs(reference)];
        List<GroupTest> tests = [];
        foreach (string metric in rows.Tested)
        {
            tests.AddRange(Adjust(options.Correction, [.. pairs
                .Where(pair => groups[pair.A][metric].IsDefined && groups[pair.B][metric].IsDefined)
                .Select(pair => Test(metric, pair.A, pair.B))]));
        }

        if (rows.HasDecisions)
        {
            tests.AddRange(Odds("average_odds", "tpr", "fpr", pairs));
            tests.AddRange(rows.FavourableRepeats ? [] : Odds("favourable_average_odds", "favourable_tpr", "favourable_fpr", pairs));
        }

        return tests;
    }

    private IEnumerable<(int A, int B)> Pairs(GroupFigures? reference)
    {
        if (reference is not null)
        {
            int at = groups.ToList().IndexOf(reference);
            return Enumerable.Range(0, groups.Count).Where(i => i != at).Select(i => (i, at));
        }

        return from i in Enumerable.Range(0, groups.Count)
               from j in Enumerable.Range(i + 1, groups.Count - i - 1)
               select (i, j);
    }

    private GroupTest Test(string metric, int a, int b)
    {
        (Figure first, Figure second) = (groups[a][metric], groups[b][metric]);
        double difference = first.Value - second.Value;
        bool hasRatio = !rows.IsSigned(metric) && second.Value > 0;
        Interval? interval = bootstrap?.Difference(a, b, metric, difference) ?? FigurePair.Difference(first, second, z);
        Interval? ratio = hasRatio
            ? bootstrap?.Ratio(a, b, metric, first.Value, second.Value) ?? FigurePair.Ratio(first, second, z) : null;
        bool exact = first.Kind == FigureKind.Share && !rows.IsWeighted && first.Count + second.Count <= MostExactRows;
        (int hitsA, int hitsB) = exact ? (Hits(first), Hits(second)) : (0, 0);
        return new GroupTest(
            metric, groups[a].Name, groups[b].Name, difference, hasRatio ? first.Value / second.Value : null,
            interval?.ToArray(), FigurePair.PValue(first, second, rows.IsWeighted), null)
        {
            RatioInterval = ratio is Interval known && double.IsFinite(known.High) ? known.ToArray() : null,
            FisherPValue = exact ? FisherExact.TwoSided(hitsA, first.Count, hitsB, second.Count) : null,
            BarnardPValue = exact ? BarnardExact.TwoSided(hitsA, first.Count, hitsB, second.Count) : null,
            NeededRows = NeededRows(difference, interval, (long)groups[a].Rows + groups[b].Rows),
        };
    }

    // The mean of two rates' differences. The two rates share no rows, so their errors add up as squares.
    private IEnumerable<GroupTest> Odds(string metric, string one, string other, (int A, int B)[] pairs)
    {
        List<GroupTest> tests = [];
        foreach ((int a, int b) in pairs)
        {
            (Figure a1, Figure b1, Figure a2, Figure b2) = (groups[a][one], groups[b][one], groups[a][other], groups[b][other]);
            if (FigurePair.Difference(a1, b1, z) is not Interval first || FigurePair.Difference(a2, b2, z) is not Interval second)
            {
                continue;
            }

            (double d1, double d2) = (a1.Value - b1.Value, a2.Value - b2.Value);
            double mean = (d1 + d2) / 2;
            Interval closed = new(
                mean - (Hypotenuse(d1 - first.Low, d2 - second.Low) / 2), mean + (Hypotenuse(first.High - d1, second.High - d2) / 2));
            Interval interval = bootstrap?.MeanDifference(a, b, one, other, mean) ?? closed;
            double error = Hypotenuse(Hypotenuse(a1.StandardError, b1.StandardError), Hypotenuse(a2.StandardError, b2.StandardError)) / 2;
            tests.Add(new GroupTest(
                metric, groups[a].Name, groups[b].Name, mean, null, interval.ToArray(),
                error > 0 ? NormalQuantile.TwoSidedP(mean / error) : null, null)
            {
                NeededRows = NeededRows(mean, interval, (long)groups[a].Rows + groups[b].Rows),
            });
        }

        return Adjust(options.Correction, [.. tests]);
    }

    // Half-widths shrink with the square root of the rows.
    private static long? NeededRows(double difference, Interval? interval, long rows)
    {
        if (interval is not Interval known || known.Low > 0 || known.High < 0)
        {
            return null;
        }

        double reach = difference > 0 ? difference - known.Low : known.High - difference;
        double needed = Math.Ceiling(rows * Math.Pow(reach / difference, 2));
        return needed is > 0 and < 1e12 ? (long)needed : null;
    }

    private static int Hits(Figure share) => (int)Math.Round(share.Value * share.Count);

    private static double Hypotenuse(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static GroupTest[] Adjust(Correction correction, GroupTest[] family)
    {
        double[] pValues = [.. family.Select(test => test.PValue).OfType<double>()];
        double[] adjusted = correction switch
        {
            Correction.Holm => MultipleTests.Holm(pValues),
            Correction.BenjaminiHochberg => MultipleTests.BenjaminiHochberg(pValues),
            _ => pValues,
        };
        int next = 0;
        return [.. family.Select(test => test.PValue is null ? test : test with { AdjustedPValue = adjusted[next++] })];
    }
}
