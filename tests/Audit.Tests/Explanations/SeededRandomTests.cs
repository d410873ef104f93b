using Governance.Audit.Explanations;

namespace Governance.Audit.Tests.Explanations;

public sealed class SeededRandomTests
{
    // The first output of SplitMix64 from state 0, as in the reference implementation by Vigna.
    [Fact]
    public void Mixes_as_the_published_generator_does() =>
        Assert.Equal(0xE220A8397B1DCDAF, SeededRandom.Mix(0x9E3779B97F4A7C15));

    [Fact]
    public void Streams_of_one_seed_differ_and_repeat()
    {
        SeededRandom first = new(1, 0);
        SeededRandom again = new(1, 0);
        SeededRandom other = new(1, 1);
        ulong drawn = first.Next();

        Assert.Equal(drawn, again.Next());
        Assert.NotEqual(drawn, other.Next());
    }

    [Fact]
    public void Draws_below_a_bound_are_uniform()
    {
        SeededRandom random = new(4, 2);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.NextBelow(7)]++;
        }

        // Five standard deviations of a binomial count.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 463, 10_000 + 463));
    }
}
