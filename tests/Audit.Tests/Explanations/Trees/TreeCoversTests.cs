using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Trees;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Audit.Tests.Inference.Forms;

namespace Governance.Audit.Tests.Explanations.Trees;

/// <summary>Where the covers of path-dependent values come from.</summary>
public sealed class TreeCoversTests
{
    private static readonly TreeNode Root = new() { Mode = BranchMode.LessOrEqual, Threshold = 0, TrueChild = 1, FalseChild = 2, Hits = 10 };

    [Theory]
    [InlineData(3, 7, true)]
    [InlineData(0, 10, true)]
    [InlineData(1, 1, false)]
    [InlineData(10, 10, false)]
    [InlineData(double.NaN, 10, false)]
    public void Hit_rates_of_the_file_count_only_where_they_add_up(double yes, double no, bool used)
    {
        TreeNode leaf = new() { Mode = BranchMode.Leaf };
        Forest forest = new(1, [0], 1, [new ForestTree([Root, leaf with { Hits = yes }, leaf with { Hits = no }], [null, [1], [2]])]);

        Assert.Equal(used, TreeCovers.OfFile(forest) is not null);
    }

    [Fact]
    public void Without_hit_rates_there_are_none_in_the_file()
    {
        Forest forest = new GivenForest().Make();

        Assert.Null(TreeCovers.OfFile(forest));
    }

    [Fact]
    public void Rows_are_counted_by_weight_on_their_way_down()
    {
        TreeNode leaf = new() { Mode = BranchMode.Leaf };
        Forest forest = new(1, [0], 1, [new ForestTree([Root, leaf, leaf], [null, [1], [2]])]);

        IReadOnlyList<double[]> covers = TreeCovers.OfRows(forest, new FeatureMatrix(4, [[-1, 0, 1, double.NaN]]), (_, row) => row + 1);

        Assert.Equal([10, 3, 7], covers[0]);
    }

    // nodes_hitrates that add up are taken; the base value is then the file's mean, not the background's.
    [Fact]
    public void The_method_says_where_its_covers_come_from()
    {
        (string, object)[] tree =
        [
            ("nodes_treeids", (long[])[0, 0, 0]), ("nodes_nodeids", (long[])[0, 1, 2]), ("nodes_featureids", (long[])[0, 0, 0]),
            ("nodes_truenodeids", (long[])[1, 0, 0]), ("nodes_falsenodeids", (long[])[2, 0, 0]), ("nodes_values", (float[])[0, 0, 0]),
            ("nodes_modes", (string[])["BRANCH_LEQ", "LEAF", "LEAF"]), ("target_treeids", (long[])[0, 0]), ("target_nodeids", (long[])[1, 2]),
            ("target_ids", (long[])[0, 0]), ("target_weights", (float[])[10, 20]), ("n_targets", 1L),
        ];
        NativeCase Case(params float[] hits) => new()
        {
            Model = new Governance.Tests.GivenModel()
                .Input("x", Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 2)
                .Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml", [.. tree, ("nodes_hitrates", hits)])
                .Output("y", Audit.Inference.Graphs.TensorProto.Types.DataType.Float, null, 1)
                .Build(),
            Rows = RuntimeAgreement.Batch([-1, 0], 2),
            Background = RuntimeAgreement.Batch([1, 0, -1, 0], 2),
            Method = "tree-path",
        };

        ExplanationReport file = Case(100, 80, 20).Run();
        ExplanationReport counted = Case(1, 1, 1).Run();

        Assert.Equal(12, file.BaseValue[0], 1e-12);
        Assert.Contains("nodes_hitrates", file.Notes[0].Message, StringComparison.Ordinal);
        Assert.Equal((20 * 1 / 3.0) + (10 * 2 / 3.0), counted.BaseValue[0], 1e-12);
        Assert.Contains("2 background rows", counted.Notes[0].Message, StringComparison.Ordinal);
    }
}
