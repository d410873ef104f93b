using Governance.Audit.Data;
using Governance.Audit.Explanations.Paths;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Gradients;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Explanations.Paths;

/// <summary>The comparison of a device's slopes with the CPU's, with two gradients on the CPU.</summary>
public sealed class GradientProofTests
{
    private static readonly InputBatch Rows = Given.Floats(2, 1, 2, 3, -4, 0.5f, 0.25f);

    [Fact]
    public void Names_the_device_the_rows_and_the_difference()
    {
        using GradientModel one = GradientCheck.Load(Network(1, 0), Rows, "out");

        AuditWarning told = GradientProof.Run(one, one, Rows, "cuda Card 1", default);

        Assert.Equal("gradients-checked", told.Code);
        Assert.Equal("The gradient runs on cuda Card 1. Slopes at 3 rows differ from the CPU's by at most 0.0e+0 of the largest (tolerance 0.001).", told.Message);
    }

    [Fact]
    public void Other_slopes_end_the_run()
    {
        using GradientModel device = GradientCheck.Load(Network(1.01f, 0), Rows, "out");
        using GradientModel cpu = GradientCheck.Load(Network(1, 0), Rows, "out");

        InputException refusal = Assert.Throws<InputException>(() => GradientProof.Run(device, cpu, Rows, "cuda Card 1", default));

        Assert.StartsWith("The device (cuda Card 1) gives other slopes than the CPU: they differ by ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Take --provider cpu.", refusal.Message, StringComparison.Ordinal);
    }

    // The ReLU of the row (3, -4) is on the other side when the threshold moves.
    [Fact]
    public void A_row_on_two_sides_of_a_kink_is_left_out_and_counted()
    {
        using GradientModel device = GradientCheck.Load(Network(1, 0.3f), Rows, "out");
        using GradientModel cpu = GradientCheck.Load(Network(1, 0), Rows, "out");

        AuditWarning told = GradientProof.Run(device, cpu, Rows, "cuda", default);

        Assert.EndsWith("Slopes at 2 rows differ from the CPU's by at most 0.0e+0 of the largest (tolerance 0.001); 1 more lie so near a kink that both sides count.", told.Message, StringComparison.Ordinal);
    }

    // out = scale · relu(0.6 x0 + 0.4 x1 − threshold) + x1: for the three rows the sum is 1.4, 0.2 and 0.4.
    private static byte[] Network(float scale, float threshold) => new GivenModel()
        .Input("x", DataType.Float, null, 2)
        .Weights("w", [2, 1], [0.6f, 0.4f]).Weights("t", [1], [threshold]).Weights("u", [2, 1], [0f, 1f]).Weights("s", [1], [scale])
        .Node("MatMul", ["x", "w"], ["m"]).Node("Sub", ["m", "t"], ["over"]).Node("Relu", ["over"], ["r"]).Node("Mul", ["r", "s"], ["rs"])
        .Node("MatMul", ["x", "u"], ["line"]).Node("Add", ["rs", "line"], ["out"])
        .Output("out", DataType.Float, null, 1)
        .Build();
}
