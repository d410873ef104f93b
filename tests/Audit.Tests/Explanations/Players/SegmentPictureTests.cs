using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Pictures;

namespace Governance.Audit.Tests.Explanations.Players;

public sealed class SegmentPictureTests
{
    [Fact]
    public void A_picture_of_one_colour_falls_into_squares()
    {
        ImageLayout layout = ImageLayout.Of(0, "x", [1, 12, 12])!;

        int[] labels = SegmentPicture.Run(layout, new double[144], 9);

        Assert.Equal(9, labels.Distinct().Count());
        for (int at = 0; at < 144; at++)
        {
            Assert.Equal((at / 12 / 4 * 3) + (at % 12 / 4), labels[at]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_region_crosses_a_sharp_edge(int channels)
    {
        // The edge runs at an angle, so that no grid of squares has it by chance.
        ImageLayout layout = ImageLayout.Of(0, "x", [channels, 20, 24])!;
        double[] picture = new double[layout.Size];
        bool Right(int at) => at % 24 > 7 + (at / 24 / 3);
        for (int at = 0; at < 480; at++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                picture[(channel * 480) + at] = Right(at) ? (channel == 0 ? 255 : 20) : 0;
            }
        }

        int[] labels = SegmentPicture.Run(layout, picture, 12);

        Assert.All(Enumerable.Range(0, 480).GroupBy(at => labels[at]), region => Assert.Single(region.Select(Right).Distinct()));
        Assert.InRange(labels.Distinct().Count(), 6, 24);
    }

    [Fact]
    public void Regions_are_connected_numbered_in_order_and_the_same_each_time()
    {
        ImageLayout layout = ImageLayout.Of(0, "x", [16, 18, 3])!;
        SeededRandom random = new(3, 1);
        double[] picture = new double[layout.Size];
        for (int i = 0; i < picture.Length; i++)
        {
            picture[i] = random.NextDouble();
        }

        int[] labels = SegmentPicture.Run(layout, picture, 10);

        Assert.Equal(labels, SegmentPicture.Run(layout, picture, 10));
        Assert.Equal(Enumerable.Range(0, labels.Max() + 1), labels.Distinct());
        Assert.Equal(labels.Max() + 1, ConnectRegions.Of(labels, 16, 18, 1).Max() + 1);
    }

    [Fact]
    public void A_small_piece_that_was_cut_off_joins_the_region_before_it()
    {
        int[] labels =
        [
            0, 0, 1, 1,
            0, 1, 1, 0,
            1, 1, 1, 1,
        ];

        int[] connected = ConnectRegions.Of(labels, 3, 4, 2);

        Assert.Equal(
            [
                0, 0, 1, 1,
                0, 1, 1, 1,
                1, 1, 1, 1,
            ], connected);
    }

    // CIELAB of sRGB primaries under D65 as in Lindbloom's tables.
    [Theory]
    [InlineData(1, 1, 1, 100, 0, 0)]
    [InlineData(1, 0, 0, 53.24, 80.09, 67.20)]
    [InlineData(0, 1, 0, 87.73, -86.18, 83.18)]
    [InlineData(0, 0, 1, 32.30, 79.19, -107.86)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    public void Colours_are_those_of_the_tables(double red, double green, double blue, double l, double a, double b)
    {
        double[] lab = PictureColours.Lab([red, green, blue]);

        Assert.Equal(l, lab[0], 0.01);
        Assert.Equal(a, lab[1], 0.01);
        Assert.Equal(b, lab[2], 0.01);
    }

    [Fact]
    public void A_picture_smaller_than_its_regions_gets_at_most_one_a_pixel() =>
        Assert.Equal(4, SegmentPicture.Run(ImageLayout.Picture(0, "x", [2, 2])!, [0, 1, 2, 3], 50).Distinct().Count());
}
