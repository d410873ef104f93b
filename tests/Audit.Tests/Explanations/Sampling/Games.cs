using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

/// <summary>Games with known Shapley values, and how often a sampled method's intervals hold them.</summary>
internal static class Games
{
    /// <summary>Games of 12 players that are hard in different ways, by name.</summary>
    public static double[] Table(string name, int players, int seed)
    {
        SeededRandom random = new(seed, 77);
        double[] weights = [.. Enumerable.Range(0, players).Select(player => random.NextDouble() * (player % 4 == 0 ? 3 : 1))];
        double quota = weights.Sum() * (0.3 + (0.4 * random.NextDouble()));
        double[] table = new double[1 << players];
        for (int s = 0; s < table.Length; s++)
        {
            double[] present = [.. weights.Where((_, player) => (s >> player & 1) != 0)];
            double sum = present.Sum();
            table[s] = name switch
            {
                "vote" => sum > quota ? 1 : 0,
                "largest" => present.Length == 0 ? 0 : present.Max(),
                "noise" => random.NextDouble(),
                "unanimity" => (s & 0b111111) == 0b111111 ? 1 : 0,
                "parity" => (System.Numerics.BitOperations.PopCount((uint)(s & 0b11111)) & 1) + (0.1 * sum),
                "root" => Math.Sqrt(sum),
                "sigmoid" => 1 / (1 + Math.Exp(-4 * (sum - quota))),
                _ => throw new ArgumentOutOfRangeException(nameof(name)),
            };
        }

        return table;
    }

    /// <summary>Samples a game that is known in full; one output.</summary>
    public static SampledRow Sample(SampleGame method, double[] table, int players, SampleBudget budget, int seed, long row) =>
        method(players, budget, new SeededRandom(seed, row), [table[0]], [table[^1]], coalitions => Given.LookUp(coalitions, table, 1));

    /// <summary>The names of both sampled methods and the methods.</summary>
    public static SampleGame Method(string name) => name == "kernel" ? SampleCoalitions.Run : PermutationShapley.Run;
}

/// <summary>Counts how often intervals hold the truth, and how wide they are.</summary>
internal sealed class Coverage
{
    private int all;
    private int inside;
    private double miss;
    private double squared;
    private double width;

    public double Share => (double)inside / all;

    public double MeanError => miss / all;

    public double WidthOverError => width / all / Math.Sqrt(squared / all);

    public void Add(SampledAttribution sampled, ReadOnlySpan<double> exact)
    {
        for (int i = 0; i < exact.Length; i++)
        {
            double off = Math.Abs(sampled.Values[i] - exact[i]);
            double half = sampled.Quantile * sampled.StandardErrors![i];
            all++;
            inside += off <= half ? 1 : 0;
            miss += off;
            squared += off * off;
            width += 2 * half;
        }
    }

    public override string ToString() => $"{Share:P1} inside, mean error {MeanError:e2}, mean width {WidthOverError:0.00} root mean square errors";
}
