using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference.Forms;

/// <summary>Linear models read from the graph give what ONNX Runtime gives.</summary>
public sealed class LinearAgreementTests
{
    [Theory]
    [InlineData(1, "NONE")]
    [InlineData(1, "LOGISTIC")]
    [InlineData(1, "SOFTMAX")]
    [InlineData(1, "SOFTMAX_ZERO")]
    [InlineData(2, "NONE")]
    [InlineData(2, "LOGISTIC")]
    [InlineData(2, "SOFTMAX")]
    [InlineData(3, "LOGISTIC")]
    [InlineData(3, "SOFTMAX")]
    public void A_classifier_scores_as_in_the_runtime(int rows, string transform)
    {
        float[] coefficients = [0.3f, -0.7f, 0.2f, -0.1f, 0.4f, 0.6f, 0.05f, -0.3f, 0.9f];
        byte[] model = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 3)
            .Node("LinearClassifier", ["x"], ["label", "scores"], "ai.onnx.ml",
                ("coefficients", coefficients[..(3 * rows)]), ("intercepts", new[] { 0.1f, -0.2f, 0.3f }[..rows]),
                ("classlabels_ints", rows == 3 ? (long[])[0, 1, 2] : [0, 1]), ("post_transform", transform))
            .Output("label", TensorProto.Types.DataType.Int64, (long?)null)
            .Output("scores", TensorProto.Types.DataType.Float, null, null)
            .Build();

        Assert.InRange(RuntimeAgreement.Worst(model, "scores", RuntimeAgreement.Batch(new GivenTrees { Features = 3 }.Rows(30, false, 3), 3)), 0, 2e-5);
    }
}
