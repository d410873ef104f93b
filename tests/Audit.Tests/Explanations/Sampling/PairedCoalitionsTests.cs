using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Sampling;

namespace Governance.Audit.Tests.Explanations.Sampling;

public sealed class PairedCoalitionsTests
{
    [Theory]
    [InlineData(5, 16)]
    [InlineData(12, 64)]
    [InlineData(12, 2048)]
    [InlineData(13, 2048)]
    [InlineData(64, 500)]
    [InlineData(130, 600)]
    public void No_coalition_comes_twice_and_each_comes_with_its_complement(int players, int samples)
    {
        PairedCoalitions design = PairedCoalitions.Draw(players, samples, new SeededRandom(1, 0));

        HashSet<string> seen = [];
        for (int coalition = 0; coalition < design.Coalitions.Count; coalition++)
        {
            Assert.True(seen.Add(Bits(design.Coalitions, coalition)));
            Assert.InRange(design.Coalitions.Size(coalition), 1, players - 1);
        }

        for (int pair = 0; pair < design.Pairs; pair++)
        {
            Assert.All(Enumerable.Range(0, players), player =>
                Assert.NotEqual(design.Coalitions.Contains(2 * pair, player), design.Coalitions.Contains((2 * pair) + 1, player)));
        }

        Assert.Equal(samples / 2 * 2, design.Coalitions.Count + 2);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Weights_are_the_Shapley_kernel_where_all_is_enumerated(int players)
    {
        PairedCoalitions design = PairedCoalitions.Draw(players, 1 << players, new SeededRandom(1, 0));

        // Lundberg and Lee, theorem 2: (M - 1) / (C(M, s) s (M - s)); ours leaves out the factor M - 1.
        for (int pair = 0; pair < design.Pairs; pair++)
        {
            int size = design.Coalitions.Size(2 * pair);
            double choose = Enumerable.Range(1, size).Aggregate(1.0, (product, i) => product * (players - size + i) / i);
            Assert.Equal(1 / (choose * size * (players - size)), design.Weights[pair], 1e-15);
        }
    }

    // Horvitz-Thompson: the weights of the drawn pairs of all sizes add up to the kernel's mass, at any budget.
    [Theory]
    [InlineData(12, 40)]
    [InlineData(12, 700)]
    [InlineData(40, 300)]
    [InlineData(129, 400)]
    public void Weights_add_up_to_the_mass_of_the_kernel_on_average(int players, int samples)
    {
        double expected = Enumerable.Range(1, players - 1).Sum(size => 0.5 / ((double)size * (players - size)));
        double mean = Enumerable.Range(0, 400).Average(seed =>
            PairedCoalitions.Draw(players, samples, new SeededRandom(seed, 0)).Weights.ToArray().Sum());

        Assert.Equal(expected, mean, expected * 0.005);
    }

    [Fact]
    public void Each_pair_of_a_size_is_drawn_equally_often()
    {
        // 8 players, 60 coalitions: 8 pairs of size 1, the other 21 pairs shared by 28 + 56 + 35. 3,000 seeds.
        Dictionary<string, int> drawn = [];
        for (int seed = 0; seed < 3000; seed++)
        {
            PairedCoalitions design = PairedCoalitions.Draw(8, 60, new SeededRandom(seed, 0));
            for (int pair = 0; pair < design.Pairs; pair++)
            {
                string key = design.Coalitions.Size(2 * pair) + ":" + Bits(design.Coalitions, 2 * pair);
                drawn[key] = drawn.GetValueOrDefault(key) + 1;
            }
        }

        foreach (IGrouping<string, int> size in drawn.GroupBy(entry => entry.Key[..1], entry => entry.Value))
        {
            double mean = size.Average();

            // Five standard deviations of a binomial count.
            Assert.All(size, count => Assert.InRange(count, mean - (5 * Math.Sqrt(mean)), mean + (5 * Math.Sqrt(mean))));
        }

        Assert.Equal(8 + 28 + 56 + 35, drawn.Count);
    }

    // A growing sample evaluates nothing in vain: what a small budget drew, a larger one draws too.
    [Theory]
    [InlineData(12, 128, 192)]
    [InlineData(12, 192, 2048)]
    [InlineData(30, 256, 384)]
    [InlineData(100, 600, 900)]
    public void A_larger_budget_keeps_the_coalitions_of_a_smaller_one(int players, int smaller, int larger)
    {
        PairedCoalitions few = PairedCoalitions.Draw(players, smaller, new SeededRandom(5, 2));
        PairedCoalitions many = PairedCoalitions.Draw(players, larger, new SeededRandom(5, 2));
        HashSet<string> drawn = [.. Enumerable.Range(0, many.Coalitions.Count).Select(c => Bits(many.Coalitions, c))];

        int kept = Enumerable.Range(0, few.Coalitions.Count).Count(c => drawn.Contains(Bits(few.Coalitions, c)));

        // Sizes that share a band may get one pair fewer by the systematic draw.
        Assert.InRange(kept, few.Coalitions.Count * 0.95, few.Coalitions.Count);
    }

    [Theory]
    [InlineData(12, 40)]
    [InlineData(12, 700)]
    [InlineData(13, 2048)]
    [InlineData(40, 300)]
    public void Chances_are_those_of_the_weights(int players, int samples)
    {
        PairedCoalitions design = PairedCoalitions.Draw(players, samples, new SeededRandom(1, 0));

        for (int pair = 0; pair < design.Pairs; pair++)
        {
            int size = design.Coalitions.Size(2 * pair);
            double choose = Enumerable.Range(1, size).Aggregate(1.0, (product, i) => product * (players - size + i) / i);
            Assert.Equal(1 / (choose * size * (players - size)), design.Weights[pair] * design.Chances[pair], 1e-12 * design.Weights[pair]);
        }
    }

    [Fact]
    public void Refuses_a_budget_under_the_coalitions_of_size_one() =>
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => PairedCoalitions.Draw(12, 25, new SeededRandom(1, 0)));

    private static string Bits(CoalitionSet coalitions, int coalition) =>
        string.Join(',', coalitions.Bits(coalition).ToArray());
}
