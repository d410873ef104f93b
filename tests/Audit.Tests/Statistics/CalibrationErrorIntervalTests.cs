using Governance.Audit.Explanations;
using Governance.Audit.Statistics;

namespace Governance.Audit.Tests.Statistics;

public sealed class CalibrationErrorIntervalTests
{
    // Scores in the middles of ten bins, labels drawn with probability score + shift: the error is |shift| in truth.
    [Theory]
    [InlineData(200, 0)]
    [InlineData(5_000, 0)]
    [InlineData(1_000, 0.04)]
    public void It_holds_the_true_error_nineteen_times_of_twenty(int rows, double shift)
    {
        const int sets = 400;
        int covered = 0;
        for (int set = 0; set < sets; set++)
        {
            SeededRandom random = new(set, rows);
            double[] counts = new double[10];
            double[] hits = new double[10];
            for (int row = 0; row < rows; row++)
            {
                int bin = random.NextBelow(10);
                counts[bin]++;
                hits[bin] += random.NextDouble() < ((bin + 0.5) / 10) + shift ? 1 : 0;
            }

            double error = Enumerable.Range(0, 10).Sum(bin => Math.Abs(hits[bin] - (counts[bin] * (bin + 0.5) / 10))) / rows;
            Interval interval = CalibrationErrorInterval.Compute(
                error, counts, counts, [.. hits.Zip(counts, (hit, count) => count > 0 ? hit / count : 0)], 0.95)!.Value;
            covered += interval.Low <= shift && shift <= interval.High ? 1 : 0;
        }

        Assert.True(covered >= 0.93 * sets, $"{covered} of {sets}");
    }

    [Fact]
    public void Four_times_the_rows_halve_its_width()
    {
        Interval few = CalibrationErrorInterval.Compute(0.3, [100, 100], [100, 100], [0.4, 0.8], 0.95)!.Value;
        Interval many = CalibrationErrorInterval.Compute(0.3, [400, 400], [400, 400], [0.4, 0.8], 0.95)!.Value;

        Assert.Equal((few.High - few.Low) / 2, many.High - many.Low, 0.005);
    }

    [Fact]
    public void Without_rows_there_is_none() =>
        Assert.Null(CalibrationErrorInterval.Compute(double.NaN, [0], [0], [0], 0.95));
}
