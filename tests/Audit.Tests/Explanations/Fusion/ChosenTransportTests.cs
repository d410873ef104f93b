using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Inference;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Explanations.Fusion;

/// <summary>When coalitions are fused, when masked rows are sent, and that the report says why.</summary>
public sealed class ChosenTransportTests
{
    private static readonly byte[] Plain = Model(model => model.Node("MatMul", ["x", "w"], ["z"]).Node("Sigmoid", ["z"], ["out"]));

    [Fact]
    public void On_the_CPU_rows_are_sent_and_the_report_says_why_and_how_much()
    {
        ExplanationReport report = Run(Plain, FusionMode.Auto);

        // The base value's and the coalitions' different rows, each of three floats and two doubles.
        Assert.Equal("rows", report.Transport!.Path);
        Assert.StartsWith("On the CPU the model reads masked rows where they are written", report.Transport.Reason, StringComparison.Ordinal);
        Assert.Equal(report.ModelRows * ((3 * 4) + (2 * 8)), report.Transport.Bytes);
        Assert.Equal((report.Transport.Bytes + 1) / 2, report.Transport.BytesPerExplanation);
        Assert.DoesNotContain(report.Notes, note => note.Code == "not-fused");
    }

    [Fact]
    public void Fusion_moves_less_and_gives_the_same()
    {
        ExplanationReport rows = Run(Plain, FusionMode.Off);
        ExplanationReport fused = Run(Plain, FusionMode.On);

        Assert.Equal("Fusion is turned off.", rows.Transport!.Reason);
        Assert.Equal("fused", fused.Transport!.Path);
        Assert.Contains("5 background rows itself", fused.Transport.Reason, StringComparison.Ordinal);
        Assert.Equal(rows.Rows.SelectMany(row => row.Values[0]), fused.Rows.SelectMany(row => row.Values[0]), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_model_whose_rows_read_each_other_is_not_fused()
    {
        byte[] mixed = Model(model => model.Node("MatMul", ["x", "w"], ["z"]).Node("Softmax", ["z"], ["out"], attributes: ("axis", 0L)));

        Refused(mixed, "The fused graph gives other values than the model");
    }

    [Fact]
    public void A_graph_of_a_fixed_batch_is_not_fused() => Refused(
        Model(model => model.Node("MatMul", ["x", "w"], ["z"]).Node("Sigmoid", ["z"], ["out"]), batch: 4), "The graph takes exactly 4 rows at once.");

    [Fact]
    public void A_graph_of_old_operators_is_not_fused() => Refused(
        Model(model => model.Node("MatMul", ["x", "w"], ["z"]).Node("Sigmoid", ["z"], ["out"]), opset: 9), "The model is of opset 9; operators that make masked rows need 10 or later.");

    [Fact]
    public void A_function_without_a_graph_is_not_fused()
    {
        InputBatch rows = Given.RandomRows(2, 3, 1);

        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = (batch, _) => Given.Bent(batch), Outputs = 2, Output = "out", Rows = rows, Background = Given.RandomRows(5, 3, 2),
                Players = Player.OfElements(rows, null), Method = "exact", Fusion = FusionMode.On,
            },
            null, TimeProvider.System, default);

        Assert.Equal("Only the model's outputs are known here, not its graph.", report.Transport!.Reason);
    }

    [Fact]
    public void Texts_are_not_fused()
    {
        InputBatch rows = new([new InputTensor("x", (string[])["a", "b"], 1, [1])]);
        byte[] file = new GivenModel()
            .Input("x", DataType.String, null, 1)
            .Node("LabelEncoder", ["x"], ["out"], "ai.onnx.ml", ("keys_strings", (string[])["a", "b"]), ("values_floats", (float[])[1, 2]))
            .Output("out", DataType.Float, null, 1).Build(learning: 2);

        InputException refusal = Assert.Throws<InputException>(() => PrepareFusion.Run(
            new ExplainRequest
            {
                Model = (_, _) => [], Graph = new ModelGraph(file), Outputs = 1, Output = "out", Rows = rows, Background = rows,
                Players = Player.OfElements(rows, null),
            },
            default));

        Assert.Equal("The input 'x' is text, and texts are masked outside the session.", refusal.Message);
    }

    [Fact]
    public void A_method_that_plays_no_coalitions_gives_no_reason()
    {
        ExplanationReport report = Run(Model(model => model.Node("MatMul", ["x", "w"], ["out"])), FusionMode.On, "linear");

        Assert.Null(report.Transport!.Reason);
        Assert.True(report.Transport.Bytes > 0);
    }

    [Fact]
    public void Parts_add_up_and_one_unknown_part_leaves_the_whole_unknown()
    {
        Transport part = Transport.Of("fused", "Because.", 10, 2);

        Assert.Equal(new Transport("fused", "Because.", 30, 8), Transport.Of([part, part, part], 4));
        Assert.Null(Transport.Of([part, null], 4));
        Assert.Null(Transport.Of([], 0));
    }

    private static void Refused(byte[] file, string words)
    {
        ExplanationReport wanted = Run(file, FusionMode.On);
        ExplanationReport plain = Run(file, FusionMode.Off);

        Assert.Equal("rows", wanted.Transport!.Path);
        Assert.StartsWith(words, wanted.Transport.Reason, StringComparison.Ordinal);
        Assert.Contains(wanted.Notes, note => note.Code == "not-fused" && note.Message.Contains(words, StringComparison.Ordinal));
        Assert.Equal(plain.Rows.SelectMany(row => row.Values.SelectMany(values => values)), wanted.Rows.SelectMany(row => row.Values.SelectMany(values => values)));
    }

    private static ExplanationReport Run(byte[] file, FusionMode fusion, string method = "exact")
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        InputBatch rows = Given.RandomRows(2, 3, 1);
        return ExplainRows.Run(
            new ExplainRequest
            {
                Model = (batch, token) => predictor.Predict(batch, "out", token).Numbers!, Graph = new ModelGraph(file), Outputs = 2, Output = "out", Rows = rows,
                Background = Given.RandomRows(5, 3, 2), Players = Player.OfElements(rows, null), Method = method, Fusion = fusion, Deterministic = true,
            },
            null, TimeProvider.System, default);
    }

    private static byte[] Model(Func<GivenModel, GivenModel> nodes, long? batch = null, long opset = 15) =>
        nodes(new GivenModel().Input("x", DataType.Float, batch, 3).Weights("w", [3, 2], [0.4f, -1, 2, 0.3f, -0.7f, 1.1f]))
            .Output("out", DataType.Float, batch, 2).Build(opset);
}
