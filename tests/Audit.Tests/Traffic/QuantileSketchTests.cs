using Governance.Audit.Traffic.Chunks;
using Governance.Audit.Traffic.Summaries;

namespace Governance.Audit.Tests.Traffic;

/// <summary>The ranks that a sketch answers, against the sorted numbers.</summary>
public sealed class QuantileSketchTests
{
    private const double Error = 0.013; // stated in the doc of the sketch for 99 % of quantiles; here all nineteen must hold

    [Theory]
    [InlineData("normal")]
    [InlineData("ascending")]
    [InlineData("descending")]
    [InlineData("few-values")]
    public void Ranks_are_within_the_stated_error(string kind)
    {
        double[] values = Numbers(kind, 100_000, 7);
        QuantileSketch sketch = Of(values);

        Assert.True(WorstRank(sketch, values) < Error);
        Assert.Equal((values.Length, values.Min(), values.Max()), ((int)sketch.Count, sketch.Min, sketch.Max));
    }

    [Fact]
    public void Merging_days_keeps_the_error()
    {
        double[] values = Numbers("normal", 90_000, 11);
        QuantileSketch merged = new();
        foreach (double[] day in values.Chunk(3_000))
        {
            merged.Merge(Of(day));
        }

        Assert.True(WorstRank(merged, values) < Error);
        Assert.Equal(values.Length, merged.Count);
        Assert.Equal(values.Length, merged.Sorted().Weights.Sum());
    }

    [Fact]
    public void Few_numbers_are_kept_exactly_and_nothing_is_no_number()
    {
        QuantileSketch sketch = Of([5, 1, double.NaN, 3]);

        Assert.Equal((3L, 1.0, 3.0, 5.0), (sketch.Count, sketch.Quantile(0), sketch.Quantile(0.5), sketch.Quantile(1)));
        Assert.True(double.IsNaN(new QuantileSketch().Quantile(0.5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Quantile(1.1));
    }

    [Fact]
    public void Written_and_read_it_goes_on_as_before()
    {
        QuantileSketch sketch = Of(Numbers("normal", 20_000, 3));
        ByteSink sink = new();
        sketch.Write(sink);
        ByteSource source = new(sink.Written.Span);
        QuantileSketch read = QuantileSketch.Read(ref source);
        foreach (double value in Numbers("normal", 5_000, 4))
        {
            sketch.Add(value);
            read.Add(value);
        }

        Assert.Equal(sketch.Sorted().Items, read.Sorted().Items);
        Assert.Equal(sketch.Sorted().Weights, read.Sorted().Weights);
    }

    private static QuantileSketch Of(IEnumerable<double> values)
    {
        QuantileSketch sketch = new();
        foreach (double value in values)
        {
            sketch.Add(value);
        }

        return sketch;
    }

    private static double WorstRank(QuantileSketch sketch, double[] values)
    {
        double[] sorted = [.. values.Order()];
        double worst = 0;
        for (int part = 1; part < 20; part++)
        {
            double found = sketch.Quantile(part / 20.0);
            double below = (double)Array.FindIndex(sorted, value => value >= found) / sorted.Length;
            double upTo = (double)(Array.FindLastIndex(sorted, value => value <= found) + 1) / sorted.Length;
            worst = Math.Max(worst, Math.Max(below - (part / 20.0), (part / 20.0) - upTo));
        }

        return worst;
    }

    private static double[] Numbers(string kind, int count, int seed)
    {
        Random random = new(seed);
        return kind switch
        {
            "ascending" => [.. Enumerable.Range(0, count).Select(i => (double)i)],
            "descending" => [.. Enumerable.Range(0, count).Select(i => (double)-i)],
            "few-values" => [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(5))],
            _ => [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))],
        };
    }
}
