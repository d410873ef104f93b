using Governance.Audit.Copies;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Copies;

public sealed class TreePairsTests
{
    [Fact]
    public void The_same_trees_in_another_order_are_all_paired()
    {
        TreeSplits[] trees = [.. GivenForest.Trees(40, 1)];

        TreeMatch match = TreePairs.Compare([.. trees.Reverse()], trees);

        Assert.Equal((40, 40, 1.0, false), (match.Exact, match.Near, match.Share, match.Rewritten));
    }

    [Fact]
    public void Trees_grown_on_other_data_are_not_paired()
    {
        TreeMatch match = TreePairs.Compare(GivenForest.Trees(40, 2), GivenForest.Trees(40, 1));

        Assert.Equal(0, match.Near);
    }

    [Theory]
    [InlineData(0.001, 1.0)]
    [InlineData(0.005, 0.9)]
    public void Noise_in_the_limits_is_seen_through(double noise, double least)
    {
        Random random = new(5);
        IReadOnlyList<TreeSplits> trees = GivenForest.Trees(40, 1);
        TreeSplits[] noised = [.. trees.Select(tree => tree with { Thresholds = [.. tree.Thresholds.Select(limit => limit + (noise * ((2 * random.NextDouble()) - 1)))] })];

        TreeMatch match = TreePairs.Compare(noised, trees);

        Assert.Equal(0, match.Exact);
        Assert.True(match.Share >= least, $"{match.Share}");
    }

    [Fact]
    public void Renumbered_and_rescaled_features_are_found_out()
    {
        IReadOnlyList<TreeSplits> trees = GivenForest.Trees(40, 1);
        int[] order = [3, 0, 4, 1, 2];
        TreeSplits[] disguised = [.. trees.Select(tree => new TreeSplits(
            [.. tree.Features.Select(feature => feature < 0 ? -1 : order[feature])],
            [.. tree.Thresholds.Select((limit, i) => tree.Features[i] < 0 ? 0 : (limit * (10 + tree.Features[i])) - 3)]))];

        TreeMatch match = TreePairs.Compare(disguised, trees);

        Assert.True(match is { Rewritten: true, Share: > 0.95 }, $"{match}");
    }

    [Fact]
    public void A_part_of_the_trees_and_more_trees_than_the_model_are_found()
    {
        IReadOnlyList<TreeSplits> trees = GivenForest.Trees(40, 1);

        Assert.Equal(1, TreePairs.Compare([.. trees.Take(10)], trees).Share);
        Assert.Equal(1, TreePairs.Compare([.. trees, .. GivenForest.Trees(60, 3)], trees).Share);
    }

    // One tree, x0 <= 3 ? (x1 <= 1.5 ? a : b) : c, written with every direction of comparison.
    [Theory]
    [InlineData("BRANCH_LEQ", false)]
    [InlineData("BRANCH_LT", false)]
    [InlineData("BRANCH_GT", true)]
    [InlineData("BRANCH_GTE", true)]
    public void A_comparison_turned_round_is_the_same_test(string mode, bool turned)
    {
        byte[] file = GivenForest.Onnx(mode, turned);

        TreeSplits tree = Assert.Single(TreeReader.Read(ModelFile.Parse(file).Graph));

        Assert.Equal([0, 1, -1, -1, -1], tree.Features);
        Assert.Equal([3, 1.5, 0, 0, 0], tree.Thresholds);
    }

    [SkippableFact]
    public void The_noised_clone_has_every_tree_of_its_origin()
    {
        TreeMatch match = TreePairs.Compare(
            TreeReader.Read(ModelFile.Parse(File.ReadAllBytes(Reference.Path("data", "models", "hmda_noised_clone", "model.onnx"))).Graph),
            TreeReader.Read(ModelFile.Parse(File.ReadAllBytes(Reference.Path("data", "models", "hmda_gbt", "model.onnx"))).Graph));

        Assert.Equal((120, 120, 120), (match.Suspect, match.Model, match.Exact));
    }
}
