using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Tests.Answers.Policy;

public sealed class AttributionLevelsTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f"];

    [Fact]
    public void Levels_are_fixed_shares_of_the_whole()
    {
        // Sum of absolute values 1: 0.30 and 0.10 belong to the higher level.
        Assert.Equal([3, -2, 2, -1, 0, 3], AttributionLevels.Of([0.30, -0.10, 0.21, -0.09, 0, 0.30]));
    }

    [Fact]
    public void Levels_do_not_change_with_the_unit()
    {
        Random random = new(7);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] values = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() - 0.5)];

            Assert.Equal(AttributionLevels.Of(values), AttributionLevels.Of([.. values.Select(value => value * 1024)]));
            Assert.Equal(AttributionLevels.Of(values).Select(level => -level), AttributionLevels.Of([.. values.Select(value => -value)]));
        }
    }

    [Fact]
    public void Nothing_at_all_has_no_level() => Assert.Equal([0, 0], AttributionLevels.Of([0, double.NaN]));

    [Theory]
    [InlineData(AttributionForm.Full, "a b c d e f")]
    [InlineData(AttributionForm.Bucketed, "a b c e f")]
    [InlineData(AttributionForm.TopThreeSigns, "b e f")]
    [InlineData(AttributionForm.None, "")]
    public void The_largest_are_released_in_the_order_of_the_players(AttributionForm form, string shown)
    {
        IReadOnlyList<ReleasedAttribution> released = AttributionLevels.Release(Names, [0.1, -0.5, 0.1, 0.01, 0.3, -0.9], form);

        Assert.Equal(shown, string.Join(' ', released.Select(one => one.Feature)));
        Assert.All(released, one => Assert.Equal(form == AttributionForm.Full, one.Value is not null));
    }

    [Fact]
    public void Refuses_names_that_do_not_fit() =>
        Assert.Throws<ArgumentException>("values", () => AttributionLevels.Release(Names, [1], AttributionForm.Full));
}
