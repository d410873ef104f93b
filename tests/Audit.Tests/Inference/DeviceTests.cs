using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Tests.Explanations;
using Governance.Audit.Variants;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference;

/// <summary>What stands between a model and a device, tried without one.</summary>
public sealed class DeviceTests
{
    private static readonly PredictorOptions Options = new() { Provider = "cpu", BatchRows = 64, DeviceRows = 1000 };
    private static readonly byte[] Model = GivenModel.Logistic([2, -1, 0.5f], 0.1f);

    [Theory]
    [InlineData(false, "", "this build holds the CPU library of ONNX Runtime only (build with -p:Gpu=true).")]
    [InlineData(true, "libcuda.so.1", "the NVIDIA driver is missing (libcuda.so.1 not found).")]
    [InlineData(true, "libcuda.so.1 libcudnn.so.9", "the NVIDIA driver is missing (libcuda.so.1, libcudnn.so.9 not found).")]
    [InlineData(true, "libcublas.so.13 libcudnn.so.9", "the CUDA libraries libcublas.so.13, libcudnn.so.9 are not found.")]
    [InlineData(true, "", null)]
    public void What_is_missing_is_said_in_a_sentence(bool compiled, string absent, string? sentence) =>
        Assert.Equal(sentence, ExecutionProviders.Missing(compiled, library => !absent.Split(' ').Contains(library)));

    [Fact]
    public void A_device_takes_more_rows_at_once_and_half_of_them_when_it_has_no_room()
    {
        RunSize cpu = new(Options, device: false);
        RunSize device = new(Options, device: true);
        InputBatch rows = Given.RandomRows(5000, 3, 1);
        InputException full = NoRoom();

        Assert.Equal(64, cpu.Of(rows, [], _ => Assert.Fail("Nothing is timed.")));
        Assert.Equal(1000, device.Of(rows, [], _ => Assert.Fail("Nothing is timed.")));
        Assert.False(cpu.Halve(64, full));
        Assert.False(cpu.LacksRoom(full));
        Assert.True(device.Halve(1000, full));
        Assert.Equal(500, device.Of(rows, [], _ => { }));
        Assert.True(device.Halve(3, full));
        Assert.Equal(1, device.Of(rows, [], _ => { }));
        Assert.False(device.Halve(1, full));
        Assert.False(device.Halve(1000, new InputException("The model cannot run these rows: they are too wide.")));
    }

    [Fact]
    public void Wide_rows_fill_a_device_and_not_the_CPU()
    {
        InputBatch picture = new([new InputTensor("x", new float[3 * 224 * 224], 3 * 224 * 224, [3, 224, 224])]);

        Assert.Equal(6, BatchSize.Of(picture, [], 1024, device: false));
        Assert.Equal(445, BatchSize.Of(picture, [], 1024, device: true));
    }

    [Fact]
    public void The_same_numbers_pass_and_the_device_is_named()
    {
        InputBatch rows = Given.RandomRows(16, 3, 2);

        AuditWarning told = new DeviceProof(Model, "cuda Card 1", half: false).Run(rows, Answers(Model, rows), default);

        Assert.Equal("provider-checked", told.Code);
        Assert.Equal("The model runs on cuda Card 1. Its first 16 rows differ from the CPU's by at most 0.0e+0 of an output's largest number (tolerance 0.001).", told.Message);
    }

    [Fact]
    public void Numbers_of_another_model_are_refused()
    {
        InputBatch rows = Given.RandomRows(4, 3, 2);

        InputException refusal = Assert.Throws<InputException>(() =>
            new DeviceProof(Model, "cuda Card 1", half: false).Run(rows, Answers(GivenModel.Logistic([2, -1, 0.6f], 0.1f), rows), default));

        Assert.StartsWith("The device (cuda Card 1) gives other numbers than the CPU: the output 'prob' differs by ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Take --provider cpu.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_bits_have_a_wider_tolerance()
    {
        InputBatch rows = Given.RandomRows(16, 64, 2);
        float[] weights = [.. Enumerable.Range(0, 64).Select(i => (float)Math.Sin(i))];
        byte[] wide = GivenModel.Logistic(weights, 0.1f);
        byte[] half = MakeVariant.Run(wide, new VariantRecipe { Kind = VariantKind.Fp16 }, null, null, default).Model;
        OutputValues[] off = [.. Answers(wide, rows).Select(values => new OutputValues(
            values.Spec, [.. values.Numbers!.Select(number => number * 1.005)], null, values.RowShape, values.Rows, values.Classes))];

        Assert.True(DeviceProof.IsHalf(ModelFile.Parse(half)));
        Assert.False(DeviceProof.IsHalf(ModelFile.Parse(wide)));
        Assert.Throws<InputException>(() => new DeviceProof(wide, "cuda", half: false).Run(rows, off, default));
        Assert.Contains("tolerance 0.02", new DeviceProof(wide, "cuda", half: true).Run(rows, off, default).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<OutputValues> Answers(byte[] model, InputBatch rows)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return predictor.Predict(rows, default).Outputs;
    }

    // A row that asks for a tensor of 2^45 numbers: the runtime's own words for memory that is not there.
    private static InputException NoRoom()
    {
        byte[] file = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 3).Weights("list", [1], [1L])
            .Node("ReduceMax", ["x"], ["most"], attributes: ("keepdims", 0L)).Node("Cast", ["most"], ["whole"], attributes: ("to", (long)TensorProto.Types.DataType.Int64))
            .Node("Reshape", ["whole", "list"], ["many"]).Node("ConstantOfShape", ["many"], ["zeros"]).Node("ReduceSum", ["zeros"], ["zero"]).Node("Add", ["x", "zero"], ["out"])
            .Output("out", TensorProto.Types.DataType.Float, null, 3).Build();
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        return Assert.Throws<InputException>(() => predictor.Predict(Given.Floats(3, 1L << 45, 0, 0), default));
    }
}
