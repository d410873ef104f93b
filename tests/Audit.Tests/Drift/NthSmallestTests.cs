using Governance.Audit.Drift;
using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Drift;

public sealed class NthSmallestTests
{
    // Few different values, all alike, rising, falling, and without ties.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1_000)]
    public void Is_what_sorting_puts_at_the_place(int levels)
    {
        for (int length = 1; length <= 40; length++)
        {
            SeededRandom random = new(levels, length);
            double[] drawn = new double[length];
            for (int i = 0; i < length; i++)
            {
                drawn[i] = random.NextBelow(levels);
            }

            double[] rising = [.. drawn.Order()];
            double[] falling = [.. drawn.OrderDescending()];
            for (int place = 0; place < length; place++)
            {
                Assert.All([drawn, rising, falling], values => Assert.Equal(rising[place], NthSmallest.Of([.. values], place)));
            }
        }
    }

    [Fact]
    public void Infinite_values_have_their_place()
    {
        Assert.Equal(double.PositiveInfinity, NthSmallest.Of([double.PositiveInfinity, 1, double.PositiveInfinity], 1));
        Assert.Equal(1, NthSmallest.Of([double.PositiveInfinity, 1, double.PositiveInfinity], 0));
    }
}
