using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Inference;

public sealed class OnnxPredictorTests
{
    private static readonly PredictorOptions Cpu = new() { Provider = "cpu" };

    [Fact]
    public void A_logistic_regression_gives_its_closed_form()
    {
        using OnnxPredictor model = OnnxPredictor.Load(GivenModel.Logistic([2, -1], 0.5f), Cpu, default);

        Prediction prediction = model.Predict(Floats("x", 2, 1, 1, 0, 3), default);

        Assert.Equal([1 / (1 + Math.Exp(-1.5)), 1 / (1 + Math.Exp(2.5))], prediction["prob"].Numbers!, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(OutputRole.Probability, model.Signature.Outputs[0].Role);
        Assert.Equal("cpu", model.Provider);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        byte[] file = GivenModel.Logistic([0.3f, -0.7f, 1.1f], 0.01f);
        Random random = new(7);
        InputBatch batch = Floats("x", 3, [.. Enumerable.Range(0, 30_000).Select(_ => (float)random.NextDouble())]);
        using OnnxPredictor one = OnnxPredictor.Load(file, Cpu, default);
        using OnnxPredictor four = OnnxPredictor.Load(file, Cpu with { Threads = 4 }, default);

        Assert.Equal(one.Predict(batch, default).Outputs[0].Numbers!, four.Predict(batch, default).Outputs[0].Numbers!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_fixed_batch_is_filled_up_and_cut_back(int size)
    {
        byte[] file = new GivenModel().Input("x", Element.Float, size, 2).Node("ReduceSum", ["x", "axes"], ["y"])
            .Weights("axes", [1], [1L]).Output("y", Element.Float, size, 1).Build();
        using OnnxPredictor model = OnnxPredictor.Load(file, Cpu, default);

        OutputValues sums = model.Predict(Floats("x", 2, 1, 2, 3, 4, 5, 6, 7, 8), default).Outputs[0];

        Assert.Equal([3, 7, 11, 15], sums.Numbers!);
        Assert.Equal(size, model.Signature.Inputs[0].FixedBatch);
    }

    [Fact]
    public void Every_element_type_goes_in_and_comes_out()
    {
        GivenModel given = new();
        (string Name, Element Type, Array Values)[] inputs =
        [
            ("f", Element.Float, (float[])[1.5f, -2]), ("d", Element.Double, (double[])[0.1, 1e300]),
            ("l", Element.Int64, (long[])[5, -6]), ("i", Element.Int32, (int[])[7, 8]), ("b", Element.Bool, (bool[])[true, false]),
            ("s", Element.String, (string[])["é", ""]),
        ];
        foreach ((string name, var type, _) in inputs)
        {
            given.Input(name, type, (long?)null).Node("Identity", [name], [name + "_out"]).Output(name + "_out", type, (long?)null);
        }

        using OnnxPredictor model = OnnxPredictor.Load(given.Build(), Cpu, default);
        Prediction prediction = model.Predict(new InputBatch([.. inputs.Select(input => new InputTensor(input.Name, input.Values, 1, []))]), default);

        Assert.Equal([1.5, -2], prediction["f_out"].Numbers!);
        Assert.Equal([0.1, 1e300], prediction["d_out"].Numbers!);
        Assert.Equal([5, -6], prediction["l_out"].Numbers!);
        Assert.Equal([7, 8], prediction["i_out"].Numbers!);
        Assert.Equal([1, 0], prediction["b_out"].Numbers!);
        Assert.Equal(["é", ""], prediction["s_out"].Texts!);
        Assert.Equal("tensor(bool)", prediction["b_out"].Spec.Type);
        Assert.Empty(prediction["f_out"].RowShape);
    }

    [Fact]
    public void A_sequence_of_maps_becomes_columns_in_the_order_of_the_graphs_classes()
    {
        using OnnxPredictor model = OnnxPredictor.Load(GivenModel.ZipMapped([2, -1], 0.5f, "yes", "no"), Cpu, default);

        Prediction prediction = model.Predict(Floats("x", 2, 1, 1, 0, 3), default);

        double p = 1 / (1 + Math.Exp(-1.5));
        Assert.Equal(["yes", "no"], prediction["probabilities"].Classes!);
        Assert.Equal([1 - p, p], prediction["probabilities"].Numbers![..2], (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(["no", "yes"], prediction["label"].Texts!);
        Assert.Equal("seq(map(string,tensor(float)))", prediction["probabilities"].Spec.Type);
    }

    // Where the scores are an output of their own the maps are read one by one; elsewhere the scores stand for them.
    [Fact]
    public void Maps_and_the_scores_behind_them_are_the_same_numbers()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 2).Node("Softmax", ["x"], ["scores"], "", ("axis", 1L))
            .Node("ZipMap", ["scores"], ["maps"], "ai.onnx.ml", ("classlabels_int64s", (long[])[7, 3]))
            .MapOutput("maps", Element.Int64).Output("scores", Element.Float, null, 2).Build();
        byte[] alone = new GivenModel().Input("x", Element.Float, null, 2).Node("Softmax", ["x"], ["scores"], "", ("axis", 1L))
            .Node("ZipMap", ["scores"], ["maps"], "ai.onnx.ml", ("classlabels_int64s", (long[])[7, 3]))
            .MapOutput("maps", Element.Int64).Build();
        using OnnxPredictor both = OnnxPredictor.Load(file, Cpu, default);
        using OnnxPredictor bypassed = OnnxPredictor.Load(alone, Cpu, default);

        Prediction prediction = both.Predict(Floats("x", 2, 1, 2, 5, -1), default);
        Prediction quick = bypassed.Predict(Floats("x", 2, 1, 2, 5, -1), default);

        Assert.Equal(["7", "3"], prediction["maps"].Classes!);
        Assert.Equal(prediction["scores"].Numbers!, prediction["maps"].Numbers!);
        Assert.Equal(prediction["maps"].Numbers!, quick["maps"].Numbers!);
        Assert.Equal(both.Signature.Outputs[0], quick["maps"].Spec with { Classes = both.Signature.Outputs[0].Classes, Shape = both.Signature.Outputs[0].Shape });
    }

    [Fact]
    public void A_graph_that_mixes_up_rows_or_returns_one_number_is_run_row_by_row()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 2).Node("ReduceMean", ["x"], ["y"], "", ("keepdims", 0L))
            .Output("y", Element.Float, null, 1).Build();
        using OnnxPredictor model = OnnxPredictor.Load(file, Cpu, default);

        Assert.Equal([1.5, 3.5], model.Predict(Floats("x", 2, 1, 2, 3, 4), default).Outputs[0].Numbers!);
    }

    [Fact]
    public void An_endless_graph_ends_at_the_limit_and_on_cancellation()
    {
        using OnnxPredictor limited = OnnxPredictor.Load(Endless(), Cpu with { RunLimit = TimeSpan.FromMilliseconds(300) }, default);
        using OnnxPredictor free = OnnxPredictor.Load(Endless(), Cpu, default);
        using CancellationTokenSource stop = new(300);

        Assert.Contains("limit", Assert.Throws<InputException>(() => limited.Predict(Floats("x", 1, 1), default)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<OperationCanceledException>(() => free.Predict(Floats("x", 1, 1), stop.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a model")]
    [InlineData("\n\n\n\n")]
    public void Refuses_bytes_that_are_no_model(string text) =>
        Assert.Throws<InputException>(() => OnnxPredictor.Load(System.Text.Encoding.UTF8.GetBytes(text), Cpu, default));

    [Fact]
    public void Refuses_an_operator_that_does_not_exist_in_one_sentence()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 1).Node("Frobnicate", ["x"], ["y"]).Output("y", Element.Float, null, 1).Build();

        InputException refusal = Assert.Throws<InputException>(() => OnnxPredictor.Load(file, Cpu, default));

        Assert.Contains("Frobnicate", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [SkippableTheory]
    [InlineData("external_data_deep_traversal.onnx")]
    [InlineData("external_data_device.onnx")]
    [InlineData("external_data_missing.onnx")]
    [InlineData("external_data_negative_offset.onnx")]
    public void Refuses_weights_outside_the_file(string name)
    {
        byte[] file = File.ReadAllBytes(Reference.Path("data", "hostile", "onnx", name));

        Assert.Contains("external data", Assert.Throws<InputException>(() => OnnxPredictor.Load(file, Cpu, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuda_is_used_or_refused_by_name_and_auto_says_why_it_took_the_CPU()
    {
        byte[] file = GivenModel.Logistic([1], 0);
        using OnnxPredictor auto = OnnxPredictor.Load(file, new PredictorOptions(), default);
        if (auto.Provider.StartsWith("cuda", StringComparison.Ordinal))
        {
            Assert.Empty(auto.Warnings);
            return;
        }

        Assert.Equal("provider-cpu", Assert.Single(auto.Warnings).Code);
        Assert.StartsWith(
            "CUDA cannot be used:",
            Assert.Throws<InputException>(() => OnnxPredictor.Load(file, Cpu with { Provider = "cuda" }, default)).Message,
            StringComparison.Ordinal);
    }

    private static byte[] Endless()
    {
        GivenModel body = new GivenModel().Input("i", Element.Int64).Input("go", Element.Bool).Input("v", Element.Float, null, 1)
            .Node("Identity", ["go"], ["go_out"]).Node("Identity", ["v"], ["v_out"])
            .Output("go_out", Element.Bool).Output("v_out", Element.Float, null, 1);
        return new GivenModel().Input("x", Element.Float, null, 1).Weights("most", [], [long.MaxValue])
            .Node("Cast", ["most"], ["yes"], "", ("to", (long)Element.Bool))
            .Node("Loop", ["most", "yes", "x"], ["y"], "", ("body", body.Graph))
            .Output("y", Element.Float, null, 1).Build();
    }

    private static InputBatch Floats(string name, int width, params float[] values) =>
        new([new InputTensor(name, values, width, [width])]);
}
