using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Slices;

namespace Governance.Audit.Tests.Slices;

/// <summary>Rows with columns of every kind and losses that are high where one says so.</summary>
internal static class SliceGiven
{
    /// <summary>Columns: region (6 levels, some empty), age (whole), income (with gaps), grade (1 to 5), noise0 … noise3.</summary>
    public static Table Rows(int count, int seed)
    {
        SeededRandom random = new(seed, 0);
        string[] regions = ["north", "south", "east", "west", "it's \"far\"", "rare"];
        List<string?> region = [];
        double[] age = new double[count];
        double[] income = new double[count];
        double[] grade = new double[count];
        double[][] noise = [.. Enumerable.Range(0, 4).Select(_ => new double[count])];
        for (int row = 0; row < count; row++)
        {
            double draw = random.NextDouble();
            region.Add(draw < 0.05 ? null : draw > 0.995 ? "rare" : regions[random.NextBelow(5)]);
            age[row] = 18 + random.NextBelow(60);
            income[row] = random.NextDouble() < 0.1 ? double.NaN : Math.Round(1000 + (9000 * random.NextDouble()), 2);
            grade[row] = 1 + random.NextBelow(5);
            foreach (double[] column in noise)
            {
                column[row] = random.NextDouble();
            }
        }

        return new Table(
        [
            TextColumn.Of("region", region), new NumberColumn("age", age), new NumberColumn("income per month", income), new NumberColumn("grade", grade),
            .. noise.Select((column, i) => new NumberColumn($"noise{i}", column)),
        ]);
    }

    /// <summary>Losses of 0 or 1, drawn with a chance for each row.</summary>
    public static SliceRows Errors(Table table, Func<int, double> chance, int seed, double[]? weights = null)
    {
        SeededRandom random = new(seed, 1);
        return Losses(table, SliceMetric.ErrorRate, [.. Enumerable.Range(0, table.Rows).Select(row => random.NextDouble() < chance(row) ? 1.0 : 0)], weights);
    }

    /// <summary>Rows with these losses, in one stratum.</summary>
    public static SliceRows Losses(Table table, SliceMetric metric, double[] losses, double[]? weights = null) => new()
    {
        Metric = metric,
        Losses = losses,
        Weights = weights,
        Strata = new int[table.Rows],
        StratifiedBy = "label",
        Used = [],
    };
}
