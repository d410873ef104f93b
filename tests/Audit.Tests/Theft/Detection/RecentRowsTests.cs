using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Tests.Theft.Detection;

public sealed class RecentRowsTests
{
    private const int Width = DrawnReference.Width;
    private const int Most = 20;
    private static readonly WatchCalibration Calibration = WatchCalibration.Fit(DrawnReference.Make(600, 1), 7, default);

    // The quick look at all rows must not change a bit of what looking at each of them finds, also once the ring is full.
    [Fact]
    public void The_nearest_is_exactly_that_of_looking_at_each_row()
    {
        float[] rows = DrawnReference.Rows(90, 4);
        List<WatchedRow> seen = [];
        RecentRows recent = new(Most, Calibration.Size, Width);
        for (int at = 0; at < 90; at++)
        {
            float[] own = rows[(at * Width)..((at + 1) * Width)];
            if (at % 3 == 1)
            {
                rows.AsSpan((at - 1) * Width, Width).CopyTo(own);
                own[0] += at * 1e-6f; // a neighbour a hair away
            }

            WatchedRow row = Calibration.Look(own, 0.5);
            for (int length = 0; length <= recent.Count; length += 4)
            {
                double nearest = double.PositiveInfinity;
                foreach (WatchedRow other in Enumerable.Reverse(seen).Take(length))
                {
                    nearest = Math.Min(nearest, NearestRows.Nearness(
                        row.Whitened, row.Raw, other.Whitened, other.Raw, double.PositiveInfinity));
                }

                Assert.Equal(nearest, recent.Nearest(row, length));
            }

            recent.Keep(row);
            seen.Add(row);
        }

        Assert.Equal(Most, recent.Count);
        Assert.True(recent.Contains(seen[^1].Mark));
        Assert.False(recent.Contains(seen[0].Mark));
    }
}
