using System.Globalization;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class ResidualBandsTests
{
    [Fact]
    public void Bands_hold_every_known_row_once_in_order()
    {
        Random random = new(3);
        double[] along = [.. Enumerable.Range(0, 503).Select(row => row % 50 == 0 ? double.NaN : Math.Round(10 * random.NextDouble(), 1))];
        double[] residual = [.. along.Select((value, row) => row % 41 == 0 ? double.NaN : random.NextDouble() - 0.5)];

        IReadOnlyList<ResidualBand> bands = ResidualBands.Along(along, residual, 8, 20, 0.95, Word);

        int known = along.Where((value, row) => !double.IsNaN(value) && !double.IsNaN(residual[row])).Count();
        Assert.Equal(known, bands.Sum(band => band.Rows));
        Assert.InRange(bands.Count, 6, 8);
        Assert.All(bands, band => Assert.True(band.Rows >= 20));
        Assert.Equal(bands.Select(band => band.Middle).Order(), bands.Select(band => band.Middle));
        double mean = residual.Where((value, row) => !double.IsNaN(value) && !double.IsNaN(along[row])).Average();
        Assert.Equal(mean, bands.Sum(band => band.Rows * band.Mean) / known, 1e-12);
    }

    // 0, 1, …, 100: the percentiles of type 7 are the numbers themselves.
    [Fact]
    public void Percentiles_of_the_first_hundred_numbers_are_the_numbers()
    {
        double[] residual = [.. Enumerable.Range(0, 101).Select(value => (double)value).Reverse()];

        ResidualBand band = Assert.Single(ResidualBands.Along(new double[101], residual, 1, 1, 0.95, Word));

        Assert.Equal([5, 25, 50, 75, 95], band.Quantiles);
        Assert.Equal(50, band.Mean, 1e-12);
        Assert.Equal("0", band.Name);
    }

    [Fact]
    public void Equal_numbers_stay_in_one_band()
    {
        double[] along = [.. Enumerable.Repeat(1.0, 30), .. Enumerable.Repeat(2.0, 30)];

        IReadOnlyList<ResidualBand> bands = ResidualBands.Along(along, new double[60], 6, 1, 0.95, Word);

        Assert.Equal([30, 30], bands.Select(band => band.Rows));
    }

    [Fact]
    public void Levels_come_by_frequency_and_rare_ones_are_left_out()
    {
        int[] code = [0, 0, 0, 1, 1, 1, 1, 2, -1];

        IReadOnlyList<ResidualBand> bands = ResidualBands.ByLevel(code, ["a", "b", "c"], [1, 2, 3, 4, 4, 4, 4, 9, 9], 5, 2, 0.95);

        Assert.Equal(["b", "a"], bands.Select(band => band.Name));
        Assert.Equal(2, bands[1].Mean, 1e-12);
        Assert.Null(bands[0].Interval); // no spread
        Assert.Throws<ArgumentException>("residuals", () => ResidualBands.ByLevel(code, ["a"], [1], 5, 2, 0.95));
    }

    private static string Word(double value) => value.ToString(CultureInfo.InvariantCulture);
}
