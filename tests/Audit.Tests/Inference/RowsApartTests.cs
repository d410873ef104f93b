using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Inference;

public sealed class RowsApartTests
{
    public static TheoryData<string, byte[], string?> Models() => new()
    {
        { "rows for themselves", GivenModel.Logistic([2, -1], 0.5f), null },
        { "the whole batch's mean", Over("ReduceMean", ("axes", (long[])[0]), ("keepdims", 1L)), "rows-mix" },
        { "softmax over the rows", Node("Softmax", null, ("axis", 0L)), "rows-mix" },
        { "one scale for the batch", Quantised(null), "rows-mix" },
        { "the same in batches of four", Quantised(4), "rows-mix" },
        { "chance", Node("RandomNormalLike", null), "chance" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Numbers_that_change_with_the_rows_beside_them_are_told(string what, byte[] file, string? code)
    {
        Assert.NotEmpty(what);
        using OnnxPredictor model = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);

        model.Predict(Floats(0.31f, 0.17f), default);
        Assert.Empty(model.Warnings); // one row has none beside it
        model.Predict(Floats(0.31f, 0.17f, 100, 3, -7, 2.5f), default);

        Assert.Equal(code, Assert.Single([.. model.Warnings.Select(warning => (string?)warning.Code), .. code is null ? (string?[])[null] : []]));
    }

    [Fact]
    public void A_row_that_the_model_refuses_is_told_by_the_run_itself()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 2).Weights("table", [2, 1], [1f, 2f]).Node("Cast", ["x"], ["at"], "", ("to", (long)Element.Int64))
            .Node("Gather", ["table", "at"], ["y"]).Output("y", Element.Float, null, 2, 1).Build();
        using OnnxPredictor model = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);

        Assert.Throws<InputException>(() => model.Predict(Floats(0, 1, 1, 9), default));
        Assert.Equal([1.0, 2, 2, 1], model.Predict(Floats(0, 1, 1, 0), default).Outputs[0].Numbers!);
        Assert.Empty(model.Warnings);
    }

    private static byte[] Over(string op, params (string, object)[] attributes) => new GivenModel().Input("x", Element.Float, null, 2)
        .Node(op, ["x"], ["mean"], "", attributes).Node("Sub", ["x", "mean"], ["y"]).Output("y", Element.Float, null, 2).Build();

    private static byte[] Node(string op, long? rows, params (string, object)[] attributes) => new GivenModel().Input("x", Element.Float, rows, 2)
        .Node(op, ["x"], ["y"], "", attributes).Output("y", Element.Float, rows, 2).Build();

    private static byte[] Quantised(long? rows) => new GivenModel().Input("x", Element.Float, rows, 2)
        .Node("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"]).Node("DequantizeLinear", ["q", "scale", "zero"], ["y"]).Output("y", Element.Float, rows, 2).Build();

    private static InputBatch Floats(params float[] values) => new([new InputTensor("x", values, 2, [2])]);
}
