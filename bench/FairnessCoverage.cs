using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Bench;

/// <summary>How often intervals hold the truth and tests raise false alarms, over a grid of sizes, rates and ratios.</summary>
/// <remarks>
/// Per cell two groups of n rows with rates p and p · ratio, and for summaries and families five groups alike. Rates of a
/// group, differences and ratios of two groups, summaries max − min and min / max, and the family-wise error of Holm-adjusted
/// p values of all ten pairs. Data sets are binomial counts, each from a stream of its own.
/// </remarks>
internal static class FairnessCoverage
{
    private const int Groups = 5;

    private static readonly (string Name, Func<Cell, int, bool?> Held)[] Questions =
    [
        ("rate, Wilson", Rate), ("difference, Newcombe", Difference), ("ratio, Katz", Ratio),
        ("max − min, 5 groups", SummaryDifference), ("min / max, 5 groups", SummaryRatio), ("no false alarm in 10 pairs, Holm", Family),
    ];

    /// <summary>Prints the table for so many data sets a cell.</summary>
    public static void Run(int sets)
    {
        Console.WriteLine($"{sets:N0} data sets a cell; share in percent in which the interval held the truth (undefined ones not counted)");
        Console.WriteLine();
        Line(["n", "p", "ratio", "n·p·(1−p)", .. Questions.Select(question => question.Name)]);
        Line([.. Enumerable.Repeat("---:", Questions.Length + 4)]);
        double[] sums = new double[Questions.Length];
        double[] least = [.. Enumerable.Repeat(1.0, Questions.Length)];
        int cells = 0;
        foreach (Cell cell in Grid())
        {
            double[] held = [.. Questions.Select(question => Share(question.Held, cell, sets))];
            Line([
                cell.Rows.ToString(CultureInfo.InvariantCulture), Text(cell.Rate), Text(cell.Ratio), Text(cell.Rows * cell.Rate * (1 - cell.Rate)),
                .. held.Select(share => (100 * share).ToString("0.0", CultureInfo.InvariantCulture)),
            ]);
            bool judged = cell.Rows * cell.Rate * (1 - cell.Rate) >= 10;
            for (int i = 0; i < held.Length; i++)
            {
                sums[i] += held[i];
                least[i] = judged ? Math.Min(least[i], held[i]) : least[i];
            }

            cells++;
        }

        Line(["mean", "", "", "", .. sums.Select(sum => (100 * sum / cells).ToString("0.0", CultureInfo.InvariantCulture))]);
        Line(["least with n·p·(1−p) ≥ 10", "", "", "", .. least.Select(share => (100 * share).ToString("0.0", CultureInfo.InvariantCulture))]);
    }

    /// <summary>The share of data sets of a cell in which a question's interval held.</summary>
    public static double Share(Func<Cell, int, bool?> question, Cell cell, int sets)
    {
        int held = 0;
        int asked = 0;
        Parallel.For(0, sets, () => (Held: 0, Asked: 0), (set, _, own) => question(cell, set) switch
        {
            true => (own.Held + 1, own.Asked + 1),
            false => (own.Held, own.Asked + 1),
            null => own,
        }, own =>
        {
            Interlocked.Add(ref held, own.Held);
            Interlocked.Add(ref asked, own.Asked);
        });
        return asked == 0 ? double.NaN : (double)held / asked;
    }

    private static IEnumerable<Cell> Grid() =>
        from rows in (int[])[30, 100, 1_000]
        from rate in (double[])[0.05, 0.2, 0.5]
        from ratio in (double[])[1, 0.8]
        select new Cell(rows, rate, ratio);

    private static bool? Rate(Cell cell, int set)
    {
        Interval interval = WilsonInterval.Compute(cell.Draw(set, 0, cell.Rate), cell.Rows, 0.95);
        return Holds(interval, cell.Rate);
    }

    private static bool? Difference(Cell cell, int set) => Holds(
        NewcombeInterval.Compute(cell.Draw(set, 1, cell.Other), cell.Rows, cell.Draw(set, 0, cell.Rate), cell.Rows, 0.95), cell.Other - cell.Rate);

    private static bool? Ratio(Cell cell, int set)
    {
        (double a, double b) = (cell.Draw(set, 1, cell.Other), cell.Draw(set, 0, cell.Rate));
        return a == 0 && b == 0 ? null : Holds(LogRatioInterval.Compute(a, cell.Rows, b, cell.Rows, 0.95), cell.Ratio);
    }

    private static bool? SummaryDifference(Cell cell, int set) => Summary(cell, set).DifferenceInterval(Critical) is Interval interval
        ? Holds(interval, cell.Rate - cell.Other) : null;

    private static bool? SummaryRatio(Cell cell, int set) => Summary(cell, set).RatioInterval(Critical) is Interval interval
        ? Holds(interval, cell.Ratio) : null;

    private static bool? Family(Cell cell, int set)
    {
        List<double> p = [];
        for (int i = 0; i < Groups; i++)
        {
            for (int j = i + 1; j < Groups; j++)
            {
                p.Add(TwoProportions.PValue(cell.Draw(set, i, cell.Rate), cell.Rows, cell.Draw(set, j, cell.Rate), cell.Rows, false));
            }
        }

        return MultipleTests.Holm([.. p]).Min() > 0.05;
    }

    private static double Critical { get; } = NormalQuantile.TwoSided(1 - (0.05 / (Groups * (Groups - 1) / 2)));

    // One group lower by the ratio, the others alike.
    private static FigureSpread Summary(Cell cell, int set)
    {
        GroupFigures[] groups = [.. Enumerable.Range(0, Groups).Select(group => Group(
            cell.Draw(set, group, group == 0 ? cell.Other : cell.Rate), cell.Rows))];
        return new FigureSpread(groups, groups[0], "selection_rate", Comparison.Groups);
    }

    private static GroupFigures Group(double share, int rows) => new(
        "", rows, rows, new Dictionary<string, Figure> { ["selection_rate"] = Figure.Of(new Rate(share, rows, rows)) });

    private static bool Holds(Interval interval, double truth) => interval.Low <= truth + 1e-12 && truth - 1e-12 <= interval.High;

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static void Line(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    /// <summary>One cell of the grid.</summary>
    internal sealed record Cell(int Rows, double Rate, double Ratio)
    {
        /// <summary>The rate of the lower group.</summary>
        public double Other => Rate * Ratio;

        /// <summary>The observed share of a group in a data set.</summary>
        public double Draw(int set, int group, double rate)
        {
            SeededRandom random = new((Rows * 1_000) + (int)(Rate * 100) + (int)(Ratio * 10), ((long)set * Groups) + group);
            return (double)BinomialDraw.Next(ref random, Rows, rate) / Rows;
        }
    }
}
