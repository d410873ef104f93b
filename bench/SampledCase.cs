using Governance.Audit.Explanations;

namespace Governance.Bench;

/// <summary>A model and rows whose Shapley values are known, as games to be sampled.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="Players">The number of features.</param>
/// <param name="Rows">The rows.</param>
internal sealed record SampledCase(string Name, int Players, IReadOnlyList<SampledCase.Row> Rows)
{
    /// <summary>The mean absolute exact value, the scale of errors.</summary>
    public double Scale => Rows.Average(row => row.Exact.Average(Math.Abs));

    /// <summary>One row.</summary>
    /// <param name="Empty">The value of the empty coalition.</param>
    /// <param name="Full">The value of the full coalition.</param>
    /// <param name="Value">Values coalitions.</param>
    /// <param name="Exact">Shape [players].</param>
    internal sealed record Row(double Empty, double Full, Func<CoalitionSet, double[]> Value, double[] Exact);

    /// <summary>A row whose coalitions are all known.</summary>
    /// <param name="table">Shape [2^players].</param>
    /// <param name="players">The number of features.</param>
    public static Row Of(double[] table, int players)
    {
        double[] exact = new double[players];
        ExactShapley.Compute(table, exact);
        return new Row(table[0], table[^1], coalitions => LookUp(table, coalitions), exact);
    }

    private static double[] LookUp(double[] table, CoalitionSet coalitions)
    {
        double[] values = new double[coalitions.Count];
        for (int coalition = 0; coalition < values.Length; coalition++)
        {
            values[coalition] = table[coalitions.Bits(coalition)[0]];
        }

        return values;
    }
}
