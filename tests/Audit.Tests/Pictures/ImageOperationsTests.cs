using Governance.Audit.Pictures;

namespace Governance.Audit.Tests.Pictures;

public sealed class ImageOperationsTests
{
    private static readonly ImageLayout Square = ImageLayout.Of(0, "x", [4, 4])!;

    private static readonly double[] Picture =
    [
        1, 2, 3, 4,
        5, 6, 7, 8,
        9, 10, 11, 12,
        13, 14, 15, 16,
    ];

    [Fact]
    public void A_shift_to_the_right_and_down_leaves_background_behind()
    {
        double[] moved = new double[16];

        ImageOperations.Shift(Square, Picture, 1, 2, -1, moved);

        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, -1, 5, 6, 7], moved);
    }

    [Theory]
    [InlineData(0, new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 })]
    [InlineData(90, new double[] { 4, 8, 12, 16, 3, 7, 11, 15, 2, 6, 10, 14, 1, 5, 9, 13 })]
    [InlineData(180, new double[] { 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    public void Quarter_turns_move_pixels_as_a_whole(double degrees, double[] expected)
    {
        double[] turned = new double[16];

        ImageOperations.Rotate(Square, Picture, degrees, 0, turned);

        // Anticlockwise: a quarter turn brings what was in the upper right to the upper left.
        Assert.All(Enumerable.Range(0, 16), i => Assert.Equal(expected[i], turned[i], 1e-9));
    }

    [Fact]
    public void A_turned_flat_picture_stays_flat_inside()
    {
        double[] turned = new double[16];

        ImageOperations.Rotate(Square, [.. Enumerable.Repeat(3.0, 16)], 17, 3, turned);

        Assert.All(turned, value => Assert.Equal(3, value, 1e-12));
    }

    [Fact]
    public void Filters_take_the_square_as_far_as_the_picture_goes()
    {
        double[] median = new double[16];
        double[] mean = new double[16];

        ImageOperations.Smooth(Square, Picture, 1, true, median);
        ImageOperations.Smooth(Square, Picture, 1, false, mean);

        Assert.Equal(3.5, median[0]);
        Assert.Equal((1 + 2 + 5 + 6) / 4.0, mean[0]);
        Assert.Equal(6, median[5]);
        Assert.Equal(6, mean[5], 1e-12);
        Assert.Equal(4, median[1]);
    }

    [Fact]
    public void A_median_takes_a_lone_speck_away_and_a_mean_spreads_it()
    {
        double[] speck = new double[16];
        speck[5] = 9;
        double[] median = new double[16];
        double[] mean = new double[16];

        ImageOperations.Smooth(Square, speck, 1, true, median);
        ImageOperations.Smooth(Square, speck, 1, false, mean);

        Assert.All(median, value => Assert.Equal(0, value));
        Assert.Equal(1, mean[5], 1e-12);
    }

    [Theory]
    [InlineData(new[] { 3, 8, 9 }, 3, 8, 9, false)]
    [InlineData(new[] { 8, 9, 3 }, 3, 8, 9, true)]
    [InlineData(new[] { 8, 9 }, 1, 8, 9, false)]
    public void Shapes_are_read_channels_first_and_last(int[] shape, int channels, int height, int width, bool last)
    {
        ImageLayout layout = ImageLayout.Of(2, "x", shape)!;

        Assert.Equal(new ImageLayout(2, "x", channels, height, width, last), layout);
        HashSet<int> seen = [.. Enumerable.Range(0, channels).SelectMany(c => Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Select(x => layout.Offset(c, y, x))))];
        Assert.Equal(layout.Size, seen.Count);
        Assert.Equal(layout.Size - 1, seen.Max());
    }

    [Theory]
    [InlineData(new[] { 13 })]
    [InlineData(new[] { 2, 9 })]
    [InlineData(new[] { 5, 8, 9 })]
    public void Other_shapes_are_no_pictures(int[] shape) => Assert.Null(ImageLayout.Of(0, "x", shape));
}
