using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

public sealed class RankGainTests
{
    [Fact]
    public void The_same_order_keeps_all_of_the_gain() => Assert.Equal(1, RankGain.Of([0.5, 0.2, 0.1], [5, 4, 3]), 12);

    // By hand: (1/1 + 3/log2 3) over (3/1 + 1/log2 3).
    [Fact]
    public void A_swap_costs_what_the_discount_says() =>
        Assert.Equal((1 + (3 / Math.Log2(3))) / (3 + (1 / Math.Log2(3))), RankGain.Of([3, 1], [1, 2]), 12);

    [Fact]
    public void A_swap_at_the_end_of_the_list_costs_less_than_one_at_its_head()
    {
        double[] reference = [4, 3, 2, 1];

        Assert.True(RankGain.Of(reference, [4, 3, 1, 2]) > RankGain.Of(reference, [3, 4, 2, 1]));
    }

    [Fact]
    public void Without_any_attribution_there_is_nothing_to_lose() => Assert.Equal(1, RankGain.Of([0, 0], [1, 2]));
}
