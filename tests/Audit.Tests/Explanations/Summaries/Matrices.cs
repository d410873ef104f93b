using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

/// <summary>Attributions to summarise.</summary>
internal static class Matrices
{
    /// <summary>Rows 0, 1, 2 … of these attributions; the output is their sum.</summary>
    public static AttributionMatrix Of(IReadOnlyList<string> features, double[][] rows) => new(
        features, [.. Enumerable.Range(0, rows.Length)], [.. rows.SelectMany(row => row)], [.. rows.Select(row => row.Sum())]);

    /// <summary>Normal numbers of mean 0 and these spreads.</summary>
    public static AttributionMatrix Drawn(int rows, double[] spreads, int seed)
    {
        SeededRandom random = new(seed, 0);
        double[][] values = new double[rows][];
        for (int row = 0; row < rows; row++)
        {
            values[row] = new double[spreads.Length];
            for (int feature = 0; feature < spreads.Length; feature++)
            {
                values[row][feature] = spreads[feature] * Normal(ref random);
            }
        }

        return Of([.. Enumerable.Range(0, spreads.Length).Select(i => $"f{i}")], values);
    }

    /// <summary>A standard normal number (Box and Muller, 1958).</summary>
    public static double Normal(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
