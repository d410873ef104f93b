using Governance.Audit.Data;
using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Fairness;

/// <summary>A share of two groups compared within the levels of the control columns, pooled over them.</summary>
/// <param name="Metric">The share's name.</param>
/// <param name="GroupA">The group compared.</param>
/// <param name="GroupB">The group it is compared with.</param>
/// <param name="Difference">Mantel and Haenszel's common difference A − B.</param>
/// <param name="Interval">[low, high] of it, with Sato's variance; or null.</param>
/// <param name="Ratio">Mantel and Haenszel's common ratio A / B; null where B has no hits.</param>
/// <param name="RatioInterval">[low, high] of it, with Greenland and Robins's variance; or null.</param>
/// <param name="PValue">Cochran, Mantel and Haenszel's test of no difference within any level; null without any variation.</param>
/// <param name="AdjustedPValue">Adjusted inside the comparisons of this metric between the groups of this attribute.</param>
/// <param name="Strata">Levels in which both groups have the share.</param>
public sealed record StratifiedTest(
    string Metric, string GroupA, string GroupB, double Difference, IReadOnlyList<double>? Interval, double? Ratio,
    IReadOnlyList<double>? RatioInterval, double? PValue, double? AdjustedPValue, int Strata);

/// <summary>Compares groups within control levels and pools what is found.</summary>
/// <remarks>
/// Mantel and Haenszel (1959), JNCI 22, 719–748; variances: Sato (1989), Biometrics 45, 1323–1324, and Greenland and Robins
/// (1985), Biometrics 41, 55–68. Both hold for few large and for many small levels. Weighted rows count with Kish's effective numbers.
/// </remarks>
internal static class StratifiedTests
{
    /// <summary>The most groups of which every pair is compared; of more, each is compared with the largest.</summary>
    private const int MostPaired = 20;

    /// <summary>Tests every share of each pair of groups.</summary>
    /// <param name="rows">The predictions.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="control">The levels within which they are compared.</param>
    /// <param name="options">Level and correction.</param>
    public static IReadOnlyList<StratifiedTest> Of(MeasuredRows rows, Levels groups, Levels control, FairnessOptions options)
    {
        int count = groups.Names.Count;
        int[] codes = new int[rows.Rows];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = groups.Codes[row] < 0 || control.Codes[row] < 0 ? -1 : (control.Codes[row] * count) + groups.Codes[row];
        }

        string[] names = [.. Enumerable.Range(0, count * control.Names.Count).Select(i => groups.Names[i % count])];
        IReadOnlyList<GroupFigures> cells = rows.Count(codes, names);
        List<StratifiedTest> tests = [];
        foreach (string metric in rows.Tested.Where(metric => cells.Any(cell => cell[metric].Kind == FigureKind.Share && cell[metric].IsDefined)))
        {
            StratifiedTest[] family = [.. Pairs(groups).Select(pair => Test(metric, cells, count, pair.A, pair.B, options.Level)).OfType<StratifiedTest>()];
            double[] p = [.. family.Select(test => test.PValue).OfType<double>()];
            double[] adjusted = options.Correction switch
            {
                Correction.Holm => MultipleTests.Holm(p),
                Correction.BenjaminiHochberg => MultipleTests.BenjaminiHochberg(p),
                _ => p,
            };
            int next = 0;
            tests.AddRange(family.Select(test => test.PValue is null ? test : test with { AdjustedPValue = adjusted[next++] }));
        }

        return tests;
    }

    private static IEnumerable<(int A, int B)> Pairs(Levels groups)
    {
        int count = groups.Names.Count;
        if (count <= MostPaired)
        {
            return from a in Enumerable.Range(0, count) from b in Enumerable.Range(a + 1, count - a - 1) select (a, b);
        }

        int[] sizes = new int[count];
        foreach (int code in groups.Codes)
        {
            if (code >= 0)
            {
                sizes[code]++;
            }
        }

        int largest = Array.IndexOf(sizes, sizes.Max());
        return Enumerable.Range(0, count).Where(a => a != largest).Select(a => (a, largest));
    }

    private static StratifiedTest? Test(
        string metric, IReadOnlyList<GroupFigures> cells, int groups, int a, int b, double level)
    {
        Sums sums = default;
        int strata = 0;
        for (int first = 0; first < cells.Count; first += groups)
        {
            (Figure one, Figure other) = (cells[first + a][metric], cells[first + b][metric]);
            if (one is { Kind: FigureKind.Share, IsDefined: true } && other is { Kind: FigureKind.Share, IsDefined: true })
            {
                sums.Add(one.Value * one.Rows, one.Rows, other.Value * other.Rows, other.Rows);
                strata++;
            }
        }

        if (strata == 0)
        {
            return null;
        }

        double z = NormalQuantile.TwoSided(level);
        double reach = z * sums.DifferenceError;
        double ratioReach = z * sums.LogRatioError;
        double? ratio = sums.Denominator > 0 ? sums.Numerator / sums.Denominator : null;
        return new StratifiedTest(
            metric, cells[a].Name, cells[b].Name, sums.Difference,
            reach > 0 ? [Math.Max(-1, sums.Difference - reach), Math.Min(1, sums.Difference + reach)] : null, ratio,
            ratio > 0 && ratioReach > 0 ? [ratio.Value * Math.Exp(-ratioReach), ratio.Value * Math.Exp(ratioReach)] : null,
            sums.Variance > 0 ? 1 - ChiSquared.CDF(1, sums.Excess * sums.Excess / sums.Variance) : null, null, strata);
    }

    /// <summary>What the strata add up to.</summary>
    private struct Sums
    {
        private double weights;
        private double weighted;
        private double p;
        private double q;
        private double logs;

        public double Numerator { get; private set; }

        public double Denominator { get; private set; }

        public double Excess { get; private set; }

        public double Variance { get; private set; }

        public readonly double Difference => weighted / weights;

        public readonly double DifferenceError => Math.Sqrt(Math.Max(0, (Difference * p) + q)) / weights;

        public readonly double LogRatioError => Math.Sqrt(logs / (Numerator * Denominator));

        public void Add(double hitsA, double rowsA, double hitsB, double rowsB)
        {
            double all = rowsA + rowsB;
            double weight = rowsA * rowsB / all;
            weights += weight;
            weighted += weight * ((hitsA / rowsA) - (hitsB / rowsB));
            p += ((rowsA * rowsA * hitsB) - (rowsB * rowsB * hitsA) + (rowsA * rowsB * (rowsB - rowsA) / 2)) / (all * all);
            q += ((hitsA * (rowsB - hitsB)) + (hitsB * (rowsA - hitsA))) / (2 * all);
            Numerator += hitsA * rowsB / all;
            Denominator += hitsB * rowsA / all;
            logs += ((rowsA * rowsB * (hitsA + hitsB)) - (hitsA * hitsB * all)) / (all * all);
            double hits = hitsA + hitsB;
            Excess += hitsA - (rowsA * hits / all);
            Variance += all > 1 ? rowsA * rowsB * hits * (all - hits) / (all * all * (all - 1)) : 0;
        }
    }
}
