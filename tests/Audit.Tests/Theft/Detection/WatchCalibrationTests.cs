using Governance.Audit.Explanations;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

public sealed class WatchCalibrationTests
{
    private static readonly WatchCalibration Calibration = WatchCalibration.Fit(DrawnReference.Make(1_200, 1), 7, default);

    [Fact]
    public void Comes_back_from_its_bytes_with_the_same_digest()
    {
        WatchCalibration read = WatchCalibration.Read(Calibration.ToBytes());

        Assert.Equal(Calibration.Digest, read.Digest);
        float[] row = DrawnReference.Rows(1, 99);
        Assert.Equal(Calibration.OutlierP(Calibration.Place(row)), read.OutlierP(read.Place(row)));
    }

    [Fact]
    public void The_same_rows_and_seed_give_the_same_calibration_and_another_seed_another()
    {
        Assert.Equal(Calibration.Digest, WatchCalibration.Fit(DrawnReference.Make(1_200, 1), 7, default).Digest);
        Assert.NotEqual(Calibration.Digest, WatchCalibration.Fit(DrawnReference.Make(1_200, 1), 8, default).Digest);
    }

    [Fact]
    public void Cut_bytes_are_refused()
    {
        byte[] bytes = Calibration.ToBytes();

        Assert.Throws<InvalidDataException>(() => WatchCalibration.Read(bytes[..^1]));
        Assert.Throws<InvalidDataException>(() => WatchCalibration.Read([9, .. bytes]));
    }

    // 2,000 new rows of the source: the share with p ≤ α is α within four standard errors of both samples.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void New_rows_of_the_source_lie_outside_as_often_as_the_p_value_says(double alpha)
    {
        const int Count = 2_000;
        float[] rows = DrawnReference.Rows(Count, 2);
        int outside = Enumerable.Range(0, Count).Count(row =>
            Calibration.OutlierP(Calibration.Place(rows.AsSpan(row * DrawnReference.Width, DrawnReference.Width))) <= alpha);

        double error = Math.Sqrt(alpha * (1 - alpha) * ((1.0 / Count) + (1.0 / Calibration.Ranked)));
        Assert.InRange((double)outside / Count, alpha - (4 * error), alpha + (4 * error) + (1.0 / Calibration.Ranked));
    }

    [Fact]
    public void A_row_far_from_everything_is_outside()
    {
        float[] row = [40, -40, 12, 1, 1, 1, 5];

        Assert.Equal(1.0 / (Calibration.Ranked + 1), Calibration.OutlierP(Calibration.Place(row)), 1e-12);
        Assert.True(Calibration.Look(row, 0).IsOutside);
    }

    [Fact]
    public void A_row_of_another_width_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => Calibration.Place(new float[3]));

    // A model of many pixels, constant features and a single distinct row must not break it either.
    [Theory]
    [InlineData(300)]
    [InlineData(5)]
    public void Wide_and_constant_rows_calibrate_too(int width)
    {
        SeededRandom random = new(4, 1);
        float[] rows = new float[60 * width];
        for (int i = 0; width == 300 && i < rows.Length; i++)
        {
            rows[i] = i % width < 20 ? 0 : random.NextBelow(16);
        }

        double[] margins = new double[60];
        Array.Fill(margins, double.NaN);
        WatchCalibration calibration = WatchCalibration.Fit(new WatchReference(rows, width, margins), 3, default);
        TrafficWatch watch = new(calibration);

        for (int row = 0; row < 60; row++)
        {
            Assert.False(watch.Observe(rows.AsSpan(row * width, width), double.NaN, knownRow: false).IsAlarm);
        }

        float[] other = [.. Enumerable.Repeat(1e9f, width)];
        Assert.True(calibration.Look(other, double.NaN).IsOutside);
    }

    [Fact]
    public void A_reference_refuses_what_does_not_fit()
    {
        Assert.Throws<ArgumentException>("rows", () => new WatchReference(new float[10], 2, new double[5]));
        Assert.Throws<ArgumentException>("rows", () => new WatchReference([.. Enumerable.Repeat(float.PositiveInfinity, 80)], 2, new double[40]));
        Assert.Throws<ArgumentException>("columns", () => new WatchReference(new float[80], 2, new double[40], [[0], [0]]));
    }
}
