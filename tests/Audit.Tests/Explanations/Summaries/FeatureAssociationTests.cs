using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;

namespace Governance.Audit.Tests.Explanations.Summaries;

public sealed class FeatureAssociationTests
{
    // Spearman's ρ of 1, 2, 3, 4, 5 and 2, 1, 4, 3, 5 is 1 − 6·4 / (5·24) = 0.8.
    [Fact]
    public void Numbers_go_by_rank_correlation_without_its_sign()
    {
        NumberColumn first = new("a", [1, 2, 3, 4, 5]);
        NumberColumn second = new("b", [2, 1, 4, 3, 5]);
        NumberColumn turned = new("c", [-20, -10, -40, -30, -500]);

        double[,] found = FeatureAssociation.Of([first, second, turned]);

        Assert.Equal(0.8, found[0, 1], 1e-12);
        Assert.Equal(0.8, found[0, 2], 1e-12);
        Assert.Equal(1, found[1, 2], 1e-12);
    }

    [Fact]
    public void Texts_that_determine_each_other_reach_one_and_independent_ones_stay_near_zero()
    {
        string[] towns = [.. Enumerable.Range(0, 4_000).Select(row => $"town {row % 7}")];
        TextColumn town = TextColumn.Of("town", towns);
        TextColumn code = TextColumn.Of("code", [.. towns.Select(name => name.Replace("town", "T", StringComparison.Ordinal))]);
        SeededRandom random = new(5, 0);
        List<string> drawn = [];
        for (int row = 0; row < towns.Length; row++)
        {
            drawn.Add($"level {random.NextBelow(6)}");
        }

        double[,] found = FeatureAssociation.Of([town, code, TextColumn.Of("drawn", drawn)]);

        Assert.Equal(1, found[0, 1], 1e-9);
        Assert.InRange(found[0, 2], 0, 0.01);
    }

    [Fact]
    public void A_text_that_says_whether_a_number_is_high_is_associated_with_it()
    {
        double[] values = [.. Enumerable.Range(0, 2_000).Select(row => (row * 7919) % 2_000 / 10.0)];
        TextColumn band = TextColumn.Of("band", [.. values.Select(value => value < 100 ? "low" : "high")]);

        double found = FeatureAssociation.Of([new NumberColumn("value", values), band])[0, 1];

        // I = ln 2 over the geometric mean of ln 10 and ln 2: √(ln 2 / ln 10) = 0.549.
        Assert.Equal(Math.Sqrt(Math.Log(2) / Math.Log(10)), found, 0.01);
    }

    [Fact]
    public void A_column_that_does_not_vary_says_nothing()
    {
        double[,] found = FeatureAssociation.Of([new NumberColumn("a", [1, 1, 1]), new NumberColumn("b", [1, 2, 3]), TextColumn.Of("c", ["x", "x", "x"])]);

        Assert.Equal([0.0, 0, 0], [found[0, 1], found[0, 2], found[1, 2]]);
    }
}
