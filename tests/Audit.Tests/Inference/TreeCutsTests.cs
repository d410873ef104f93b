using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference;

public sealed class TreeCutsTests
{
    private const TensorProto.Types.DataType Float = TensorProto.Types.DataType.Float;

    [Fact]
    public void Values_are_one_class_where_no_threshold_tells_them_apart()
    {
        TreeCuts cuts = TreeCuts.Of(new ModelGraph(Stump("BRANCH_LEQ")), Rows(0, 0))!;

        Assert.Equal(cuts.Class(0, 0, -5), cuts.Class(0, 0, 0.4f));
        Assert.NotEqual(cuts.Class(0, 0, 0.4f), cuts.Class(0, 0, 0.5f));
        Assert.NotEqual(cuts.Class(0, 0, 0.6f), cuts.Class(0, 0, 0.5f));
        Assert.Equal(cuts.Class(0, 0, 7), cuts.Class(0, 0, float.PositiveInfinity));
        Assert.NotEqual(cuts.Class(0, 0, 7), cuts.Class(0, 0, float.NaN));

        // No node tests the second feature.
        Assert.Equal(cuts.Class(0, 1, -100), cuts.Class(0, 1, 100));
    }

    [Fact]
    public void An_input_that_anything_else_reads_has_no_classes()
    {
        byte[] file = new GivenModel()
            .Input("x", Float, null, 2)
            .Node("TreeEnsembleRegressor", ["x"], ["t"], "ai.onnx.ml", Attributes("BRANCH_LEQ"))
            .Node("ReduceSum", ["x"], ["s"])
            .Node("Add", ["t", "s"], ["y"])
            .Output("y", Float, null, 1)
            .Build();

        Assert.Null(TreeCuts.Of(new ModelGraph(file), Rows(0, 0)));
        Assert.Null(TreeCuts.Of(new ModelGraph(GivenModel.Logistic([1, 2], 0)), Rows(0, 0)));
    }

    // Other parts, so other orders of the sums; the model outputs behind them are the same.
    [Theory]
    [InlineData("BRANCH_LEQ")]
    [InlineData("BRANCH_LT")]
    [InlineData("BRANCH_GTE")]
    [InlineData("BRANCH_GT")]
    [InlineData("BRANCH_EQ")]
    [InlineData("BRANCH_NEQ")]
    public void Explanations_are_the_same_with_fewer_model_rows(string mode)
    {
        byte[] file = Stump(mode);
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new() { Provider = "cpu" }, CancellationToken.None);
        using ModelScorer scorer = ModelScorer.Of(predictor, new ScorerOptions());
        InputBatch rows = Rows(0.5f, 1, 0.25f, 2, float.NaN, 3);
        InputBatch background = Rows([.. Enumerable.Range(0, 40).Select(i => i / 40f), float.NaN, 1]);
        scorer.Score(rows, CancellationToken.None);
        ExplainRequest request = new()
        {
            Model = scorer.Score,
            Outputs = 1,
            Output = "y",
            Rows = rows,
            Background = background,
            Players = Player.OfElements(rows, null),
            Method = "exact",
        };

        ExplanationReport plain = ExplainRows.Run(request, null, TimeProvider.System, CancellationToken.None);
        ExplanationReport classed = ExplainRows.Run(request with { Graph = new ModelGraph(file) }, null, TimeProvider.System, CancellationToken.None);

        Assert.True(classed.ModelRows < plain.ModelRows);
        for (int row = 0; row < 3; row++)
        {
            for (int player = 0; player < 2; player++)
            {
                Assert.Equal(plain.Rows[row].Values[0][player], classed.Rows[row].Values[0][player], 1e-12);
            }
        }
    }

    private static InputBatch Rows(params float[] values) => new([new InputTensor("x", values, 2, [2])]);

    private static byte[] Stump(string mode) => new GivenModel()
        .Input("x", Float, null, 2)
        .Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml", Attributes(mode))
        .Output("y", Float, null, 1)
        .Build();

    private static (string, object)[] Attributes(string mode) =>
    [
        ("nodes_treeids", (long[])[0, 0, 0]), ("nodes_nodeids", (long[])[0, 1, 2]), ("nodes_featureids", (long[])[0, 0, 0]),
        ("nodes_modes", (string[])[mode, "LEAF", "LEAF"]), ("nodes_values", (float[])[0.5f, 0, 0]),
        ("nodes_truenodeids", (long[])[1, 0, 0]), ("nodes_falsenodeids", (long[])[2, 0, 0]),
        ("nodes_missing_value_tracks_true", (long[])[1, 0, 0]),
        ("target_treeids", (long[])[0, 0]), ("target_nodeids", (long[])[1, 2]), ("target_ids", (long[])[0, 0]),
        ("target_weights", (float[])[1, 3]), ("n_targets", 1L),
    ];
}
