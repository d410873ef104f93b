using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Performance;

public sealed class DealRowsTests
{
    [Theory]
    [InlineData(5, 103)]
    [InlineData(10, 57)]
    public void Every_fold_has_its_share_of_every_stratum(int folds, int rows)
    {
        SeededRandom random = new(1, 0);
        int[] strata = [.. Enumerable.Range(0, rows).Select(_ => random.NextBelow(3))];

        int[] fold = DealRows.Stratified(strata, folds, random);

        AssertBalanced(Enumerable.Range(0, rows));
        for (int stratum = 0; stratum < 3; stratum++)
        {
            AssertBalanced(Enumerable.Range(0, rows).Where(row => strata[row] == stratum));
        }

        void AssertBalanced(IEnumerable<int> own)
        {
            int[] counts = new int[folds];
            foreach (int row in own)
            {
                counts[fold[row]]++;
            }

            Assert.True(counts.Max() - counts.Min() <= 1);
        }
    }

    [Fact]
    public void No_group_is_torn_apart()
    {
        SeededRandom random = new(2, 0);
        int[] groups = [.. Enumerable.Range(0, 400).Select(_ => random.NextBelow(37))];

        int[] fold = DealRows.Grouped(groups, 4, random);

        Assert.All(groups.Zip(fold).GroupBy(pair => pair.First), group => Assert.Single(group.Select(pair => pair.Second).Distinct()));
        int[] sizes = [.. fold.GroupBy(own => own).Select(own => own.Count())];
        Assert.Equal(4, sizes.Length);
        Assert.True(sizes.Max() - sizes.Min() <= 15);
    }

    [Fact]
    public void The_same_seed_deals_the_same()
    {
        int[] strata = new int[50];

        Assert.Equal(DealRows.Stratified(strata, 5, new SeededRandom(3, 1)), DealRows.Stratified(strata, 5, new SeededRandom(3, 1)));
        Assert.NotEqual(DealRows.Stratified(strata, 5, new SeededRandom(3, 1)), DealRows.Stratified(strata, 5, new SeededRandom(4, 1)));
    }
}
