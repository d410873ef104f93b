using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Inference;

/// <summary>What the runtime says to its own developers becomes a sentence for the person whose model it is.</summary>
public sealed class RuntimeFaultTests
{
    [Fact]
    public void Leaves_out_source_files_signatures_and_conditions()
    {
        byte[] loop = Tree([0, 0], [0, 1], [0, 0], ["BRANCH_LEQ", "LEAF"], [0, 0], [1, 0]);
        byte[] circle = Tree([0, 0, 0], [0, 1, 2], [0, 0, 0], ["BRANCH_LEQ", "BRANCH_LEQ", "LEAF"], [1, 0, 0], [2, 2, 0]);

        foreach (byte[] file in (byte[][])[loop, circle])
        {
            string sentence = Assert.Throws<InputException>(() => OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default)).Message;

            Assert.StartsWith("The model cannot be loaded: ", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("::", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("[with", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("was false", sentence, StringComparison.Ordinal);
            Assert.InRange(sentence.Length, 40, 340);
        }
    }

    // What a person sent is a token that the model has no word for; how a Gather counts is nobody's business.
    [Fact]
    public void A_token_that_the_model_does_not_know_is_named_in_plain_words()
    {
        byte[] file = new GivenModel().Input("t", Element.Int64, null, 2).Weights("table", [3], [1f, 2, 3])
            .Node("Gather", ["table", "t"], ["y"]).Output("y", Element.Float, null, 2).Build();
        using OnnxPredictor model = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);

        string sentence = Assert.Throws<InputException>(() => model.Predict(new InputBatch([new InputTensor("t", (long[])[1, 9], 2, [2])]), default)).Message;

        Assert.Equal("The model cannot run these rows: 9 is looked up in a table of the model that has the places 0 to 2: it knows no such token or code.", sentence);
    }

    // A tree whose second node, or first, comes back to itself.
    private static byte[] Tree(long[] trees, long[] nodes, long[] features, string[] modes, long[] yes, long[] no) => new GivenModel()
        .Input("x", Element.Float, null, 2)
        .Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml",
            ("n_targets", 1L), ("nodes_treeids", trees), ("nodes_nodeids", nodes), ("nodes_featureids", features), ("nodes_modes", modes),
            ("nodes_values", new float[modes.Length]), ("nodes_truenodeids", yes), ("nodes_falsenodeids", no),
            ("target_ids", (long[])[0]), ("target_nodeids", (long[])[nodes[^1]]), ("target_treeids", (long[])[0]), ("target_weights", (float[])[1]))
        .Output("y", Element.Float, null, 1).Build();
}
