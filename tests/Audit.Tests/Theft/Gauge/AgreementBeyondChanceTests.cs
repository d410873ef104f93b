using Governance.Audit.Statistics;
using Governance.Audit.Theft.Gauge;

namespace Governance.Audit.Tests.Theft.Gauge;

public sealed class AgreementBeyondChanceTests
{
    // By hand: 40 rows alike of 50; by chance (25 · 30 + 25 · 20) / 2,500 = 0.5; κ = 0.3 / 0.5.
    [Fact]
    public void What_is_left_of_agreement_beyond_chance()
    {
        int[] model = [.. Enumerable.Repeat(0, 25), .. Enumerable.Repeat(1, 25)];
        int[] copy = [.. Enumerable.Repeat(1, 5), .. Enumerable.Repeat(0, 20), .. Enumerable.Repeat(0, 5), .. Enumerable.Repeat(1, 20)];

        AgreementBeyondChance alike = AgreementBeyondChance.Of(model, copy, 2, 0.95);

        Assert.Equal((0.8, 0.6), (alike.Plain, Math.Round(alike.Value, 12)));
        Assert.InRange(alike.Value, alike.Interval.Low, alike.Interval.High);
    }

    [Fact]
    public void Always_the_commonest_answer_is_worth_nothing_and_the_same_answers_are_worth_one()
    {
        int[] model = [.. Enumerable.Repeat(0, 950), .. Enumerable.Repeat(1, 50)];
        double chance = (0.95 * 0.95) + (0.05 * 0.05);

        Assert.Equal(0, AgreementBeyondChance.Of(model, new int[1_000], 2, 0.95).Value, 1e-12);
        AgreementBeyondChance same = AgreementBeyondChance.Of(model, model, 2, 0.95);
        Assert.Equal(1, same.Value, 1e-12);
        Assert.Equal((WilsonInterval.Compute(1, 1_000, 0.95).Low - chance) / (1 - chance), same.Interval.Low, 1e-12);
        Assert.Equal(0, AgreementBeyondChance.Of(new int[5], new int[5], 2, 0.95).Value);
    }

    // 2,000 draws of 300 rows, a third of them decided otherwise, with known shares: an interval of 95 % misses the true
    // κ in 1 to 9 of 100.
    [Fact]
    public void The_interval_covers_as_often_as_it_says()
    {
        Random random = new(17);
        int[] model = [.. Enumerable.Repeat(0, 200), .. Enumerable.Repeat(1, 100)];
        double ones = ((200 * 0.1) + (100 * 0.8)) / 300;
        double chance = ((1 - ones) * 2 / 3) + (ones / 3);
        double truth = ((((200 * 0.9) + (100 * 0.8)) / 300) - chance) / (1 - chance);
        int missed = Enumerable.Range(0, 2_000).Count(_ =>
        {
            int[] copy = [.. model.Select(label => random.NextDouble() < (label == 0 ? 0.1 : 0.8) ? 1 : 0)];
            Interval interval = AgreementBeyondChance.Of(model, copy, 2, 0.95).Interval;
            return interval.Low > truth || interval.High < truth;
        });

        Assert.InRange(missed / 2_000.0, 0.01, 0.09);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => AgreementBeyondChance.Of([], [], 2, 0.95));
        Assert.ThrowsAny<ArgumentException>(() => AgreementBeyondChance.Of([1, 0], [1], 2, 0.95));
    }
}
