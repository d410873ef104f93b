using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Explanations;

namespace Governance.Bench;

/// <summary>How often each drift test names a column that has not changed, as it is used.</summary>
/// <remarks>
/// Two samples of one size from one distribution, each pair from a stream of its own. Distances have the policy limit of 0.1
/// as well as their noise floor, except in the rows "floor alone". mmd and classifier look at three columns.
/// </remarks>
internal static class DriftLevel
{
    private static readonly int[] Sizes = [30, 100, 1_000, 10_000];

    private static readonly Case[] Cases =
    [
        new("ks, normal", "ks", Normal),
        new("ks, 10 values", "ks", (ref SeededRandom random) => random.NextBelow(10)),
        new("chi2, 2 levels", "chi2", (ref SeededRandom random) => random.NextBelow(2), Levels: true),
        new("chi2, 5 levels", "chi2", Skewed, Levels: true),
        new("chi2, 30 levels", "chi2", (ref SeededRandom random) => random.NextBelow(30), Levels: true),
        new("chi2, normal", "chi2", Normal),
        new("psi, normal", "psi", Normal),
        new("psi, 5 levels", "psi", Skewed, Levels: true),
        new("psi, 30 levels", "psi", (ref SeededRandom random) => random.NextBelow(30), Levels: true),
        new("js, normal", "js", Normal),
        new("js, 5 levels", "js", Skewed, Levels: true),
        new("js, 30 levels", "js", (ref SeededRandom random) => random.NextBelow(30), Levels: true),
        new("kl, normal", "kl", Normal),
        new("kl, 5 levels", "kl", Skewed, Levels: true),
        new("hellinger, normal", "hellinger", Normal),
        new("hellinger, 5 levels", "hellinger", Skewed, Levels: true),
        new("linf, 5 levels", "linf", Skewed, Levels: true),
        new("tvd, 30 levels", "tvd", (ref SeededRandom random) => random.NextBelow(30), Levels: true),
        new("tvd, normal", "tvd", Normal),
        new("wasserstein, normal", "wasserstein", Normal),
        new("wasserstein_normed, normal", "wasserstein_normed", Normal),
        new("wasserstein_normed, Cauchy", "wasserstein_normed", Cauchy),
        new("missing cells, 10 %", "missing", (ref SeededRandom random) => random.NextBelow(10) == 0 ? double.NaN : 1),
        new("js, 5 levels, floor alone", "js", Skewed, Levels: true, Limit: 0),
        new("wasserstein, normal, floor alone", "wasserstein", Normal, Limit: 0),
        new("wasserstein, Cauchy, floor alone", "wasserstein", Cauchy, Limit: 0),
        new("mmd, 3 columns", "mmd", Normal),
        new("classifier, 3 columns", "classifier", Normal),
    ];

    private delegate double Draw(ref SeededRandom random);

    /// <summary>Prints the table.</summary>
    /// <param name="simulations">Pairs of samples a cell.</param>
    /// <param name="chosen">The tests, or sizes; all where none are named.</param>
    public static void Run(int simulations, string[] chosen)
    {
        int[] sizes = [.. Sizes.Where(size => !chosen.Any(IsSize) || chosen.Contains(size.ToString(CultureInfo.InvariantCulture)))];
        string[] tests = [.. chosen.Where(word => !IsSize(word))];
        Console.WriteLine($"{simulations:N0} pairs of samples a cell; share in percent in which a column that had not changed was named, at α = 5 %");
        Console.WriteLine();
        Line(["test", .. sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)), "largest"]);
        Line(["---", .. sizes.Select(_ => "---:"), "---:"]);
        foreach (Case each in Cases.Where(each => tests.Length == 0 || tests.Contains(each.Test) || tests.Contains(each.Name)))
        {
            long started = Stopwatch.GetTimestamp();
            double[] levels = [.. sizes.Select(size => Level(each, size, simulations))];
            Line([each.Name, .. levels.Select(Percent), Percent(levels.Max())]);
            Console.Error.WriteLine($"{each.Name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
    }

    private static bool IsSize(string word) => word.All(char.IsAsciiDigit);

    private static double Level(Case each, int size, int simulations)
    {
        int named = 0;
        Parallel.For(0, simulations, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, simulation =>
        {
            if (Names(each, size, simulation))
            {
                Interlocked.Increment(ref named);
            }
        });
        return (double)named / simulations;
    }

    private static bool Names(Case each, int size, int simulation)
    {
        SeededRandom random = new(20_26, simulation);
        DriftOptions options = new()
        {
            Test = each.Test == "missing" ? "auto" : each.Test, Correction = "none", EveryFloor = false, Threshold = each.Limit, Seed = 0,
        };
        if (DriftTests.Words.Contains(each.Test) && DriftTests.Parse(each.Test).IsJoint())
        {
            options = options with { Seed = simulation };
            return CompareTables.Run(Rows(ref random, size), Rows(ref random, size), options, 1, CancellationToken.None).Dataset.Drifted;
        }

        ColumnDrift drift = CompareColumn.Run(PreparedColumn.Of(Sample(each, ref random, size)), Sample(each, ref random, size), options);
        return each.Test == "missing" ? drift.Missing?.PValue < options.Alpha : drift.Drifted == true;
    }

    private static Table Rows(ref SeededRandom random, int size)
    {
        double[][] columns = [new double[size], new double[size], new double[size]];
        for (int row = 0; row < size; row++)
        {
            foreach (double[] column in columns)
            {
                column[row] = Normal(ref random);
            }
        }

        return new Table([.. columns.Select((column, i) => new NumberColumn($"x{i}", column))]);
    }

    private static Column Sample(Case each, ref SeededRandom random, int size)
    {
        double[] values = new double[size];
        for (int row = 0; row < size; row++)
        {
            values[row] = each.Draw(ref random);
        }

        return !each.Levels ? new NumberColumn("x", values)
            : new TextColumn("x", [.. values.Select(value => (int)value)], [.. Enumerable.Range(0, 30).Select(level => $"level {level}")]);
    }

    private static double Normal(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Cauchy(ref SeededRandom random) => Math.Tan(Math.PI * (random.NextDouble() - 0.5));

    // Five levels of 60, 25, 10, 4 and 1 percent.
    private static double Skewed(ref SeededRandom random) => random.NextBelow(100) switch
    {
        < 60 => 0,
        < 85 => 1,
        < 95 => 2,
        < 99 => 3,
        _ => 4,
    };

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);

    private static void Line(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    private sealed record Case(string Name, string Test, Draw Draw, bool Levels = false, double? Limit = null);
}
