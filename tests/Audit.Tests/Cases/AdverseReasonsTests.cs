using Governance.Audit.Cases;

namespace Governance.Audit.Tests.Cases;

public sealed class AdverseReasonsTests
{
    private static readonly string[] Features = ["a", "b", "c", "d", "e", "f"];

    [Fact]
    public void The_strongest_pushes_against_the_person_come_first_and_at_most_four()
    {
        AdverseReasonList up = AdverseReasons.Of(Features, [0.1, -0.5, 0.4, 0.2, 0.05, 0.3], null, upwards: true, 4);
        AdverseReasonList down = AdverseReasons.Of(Features, [0.1, -0.5, 0.4, 0.2, 0.05, 0.3], null, upwards: false, 4);

        Assert.Equal(["c", "f", "d", "a"], up.Told.Select(reason => reason.Feature));
        Assert.Empty(up.TiedBeyond);
        Assert.Equal([("b", 0.5)], down.Told.Select(reason => (reason.Feature, reason.Weight)));
    }

    [Fact]
    public void A_push_within_its_own_uncertainty_is_no_reason_but_is_said()
    {
        IReadOnlyList<double>[] interval = [[0.05, 0.15], [-0.6, -0.4], [-0.1, 0.9], [0.1, 0.3], [-0.05, 0.15], [0.2, 0.4]];

        AdverseReasonList up = AdverseReasons.Of(Features, [0.1, -0.5, 0.4, 0.2, 0.05, 0.3], interval, upwards: true, 4);

        Assert.Equal(["f", "d", "a"], up.Told.Select(reason => reason.Feature));
        Assert.Equal(["c", "e"], up.Unsettled);
        AdverseReason down = Assert.Single(AdverseReasons.Of(Features, [0.1, -0.5, 0.4, 0.2, 0.05, 0.3], interval, upwards: false, 4).Told);
        Assert.Equal((0.4, 0.6), (down.Low, down.High));
    }

    [Fact]
    public void Reasons_whose_intervals_overlap_tie_and_a_tie_over_the_last_place_is_told()
    {
        IReadOnlyList<double>[] interval = [[0.55, 0.65], [0.45, 0.56], [0.28, 0.32], [0.18, 0.22], [0.17, 0.21], [0.01, 0.03]];

        AdverseReasonList list = AdverseReasons.Of(Features, [0.6, 0.5, 0.3, 0.2, 0.19, 0.02], interval, upwards: true, 4);

        Assert.Equal([true, false, false, true], list.Told.Select(reason => reason.TiesWithNext));
        Assert.Equal(["e"], list.TiedBeyond);
    }

    [Fact]
    public void Exact_values_tie_only_where_they_are_equal_up_to_rounding()
    {
        AdverseReasonList list = AdverseReasons.Of(Features, [0.3, 0.1 + 0.2, 0.2999, 0, 0, 0], null, upwards: true, 4);

        Assert.Equal([true, false, false], list.Told.OrderBy(reason => reason.Feature == "c").Select(reason => reason.TiesWithNext));
        Assert.Equal(3, list.Told.Count);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_a_mistake() =>
        Assert.Throws<ArgumentException>("values", () => AdverseReasons.Of(Features, [1.0], null, true, 4));
}
