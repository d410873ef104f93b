using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Gradients;

/// <summary>Every rule against difference quotients of the runtime's own results.</summary>
public sealed class GradientRuleTests
{
    public static TheoryData<string> Names => [.. RuleCases.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_gives_the_slope_of_the_operator(string name)
    {
        RuleCase one = RuleCases.All.Single(some => some.Name == name);
        InputBatch rows = GradientCheck.Rows(3, one.Shape, one.Low, one.High, 1);
        using GradientModel model = GradientCheck.Load(one.Build(), rows, "out");

        (double[] errors, int crossed) = GradientCheck.Errors(model, rows, 0, 0.004, 0.05);

        Assert.Equal(2, model.Columns);
        Assert.InRange(crossed, 0, errors.Length / 4);
        Assert.InRange(errors.Max(), 0, 5e-3);
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        HashSet<string> seen = [.. RuleCases.All.SelectMany(one => ModelProto.Parser.ParseFrom(one.Build()).Graph.Node.Select(node => node.OpType))];

        Assert.Empty(GradientRules.Operators.Except(seen));
        Assert.True(GradientRules.Operators.Count > 60);
    }

    // The same graph in double, where the quotient is good to nine digits.
    [Fact]
    public void Double_inputs_stay_double()
    {
        byte[] file = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Double, null, 3)
            .Node("Sin", ["x"], ["s"]).Node("Mul", ["s", "x"], ["out"])
            .Output("out", TensorProto.Types.DataType.Double, null, 3)
            .Build();
        InputBatch rows = new([new InputTensor("x", (double[])[0.3, 1.1, -0.7], 3, [3])]);
        using GradientModel model = GradientCheck.Load(file, rows, "out");

        GradientBatch found = model.Run(model.PointsOf(rows, default), rows, 1, default);

        Assert.Equal([0, Math.Sin(1.1) + (1.1 * Math.Cos(1.1)), 0], found.Gradients.Select(value => Math.Round(value, 12)), (a, b) => Math.Abs(a - b) < 1e-11);
    }

    [Theory]
    [InlineData("Softmax", 3)]
    [InlineData("Sigmoid", 3)]
    [InlineData("Sigmoid", 1)]
    public void Log_odds_are_differentiated_before_the_last_curve(string curve, int columns)
    {
        byte[] file = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 4)
            .Weights("w", [4, columns], RuleCase.Random(4 * columns, 2, 9))
            .Node("MatMul", ["x", "w"], ["z"]).Node(curve, ["z"], ["prob"])
            .Output("prob", TensorProto.Types.DataType.Float, null, columns)
            .Build();
        InputBatch rows = GradientCheck.Rows(2, [4], -1, 1, 3);
        using GradientModel model = GradientCheck.Load(file, rows, "prob", "logit");
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        double[] expected = LogOdds.OfProbability(predictor.Predict(rows, default)["prob"].Numbers!);

        GradientBatch found = model.Run(model.PointsOf(rows, default), rows, 0, default);
        (double[] errors, _) = GradientCheck.Errors(model, rows, 0, 0.004, 0.05);

        Assert.Equal(expected, found.Values, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.InRange(errors.Max(), 0, 5e-3);
    }

    [Fact]
    public void An_operator_without_a_rule_is_refused_by_name_before_anything_runs()
    {
        byte[] file = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 3)
            .Node("Relu", ["x"], ["a"]).Node("Asinh", ["a"], ["b"]).Node("Det", ["b"], ["out"])
            .Output("out", TensorProto.Types.DataType.Float, null, 1)
            .Build();

        string? refusal = PrepareGradient.Refusal(new ModelGraph(file), [("x", TensorKind.Float)], "out", "identity");

        Assert.Equal("Gradients cannot pass through the operator 'Asinh' (node 'b'), nor through 1 more nodes (Det).", refusal);
    }

    // Valid graphs that the runtime runs, each with one operator that has no rule.
    [Theory]
    [InlineData("GRU")]
    [InlineData("RNN")]
    [InlineData("Einsum")]
    [InlineData("Resize")]
    [InlineData("CumSum")]
    [InlineData("TopK")]
    [InlineData("Loop")]
    public void Operators_that_networks_use_are_refused_by_name_by_all_methods_before_a_gradient_is_made(string op)
    {
        byte[] file = RefusedGraphs.Of(op);
        InputBatch rows = GradientCheck.Rows(2, [2, 4], -1, 1, 4);
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        int outputs = predictor.Predict(rows, "out", default).Width;
        int calls = 0;

        foreach (string method in (string[])["saliency", "smoothgrad", "integrated-gradients", "expected-gradients"])
        {
            InputException refusal = Assert.Throws<InputException>(() => ExplainRows.Run(
                new ExplainRequest
                {
                    Model = (batch, token) => { calls++; return predictor.Predict(batch, "out", token).Numbers!; },
                    Graph = new ModelGraph(file), Outputs = outputs, Output = "out", Rows = rows, Background = rows.Slice(0, 1),
                    Players = Player.OfElements(rows, null), Method = method, Deterministic = true,
                },
                null, TimeProvider.System, default));

            Assert.Contains($"Gradients cannot pass through the operator '{op}' (node 'given')", refusal.Message, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(0, calls);
    }

    [Fact]
    public void Rows_that_read_each_other_are_refused()
    {
        byte[] file = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 3)
            .Node("Softmax", ["x"], ["out"], attributes: ("axis", 0L))
            .Output("out", TensorProto.Types.DataType.Float, null, 3)
            .Build();

        InputException refusal = Assert.Throws<InputException>(() => GradientCheck.Load(file, GradientCheck.Rows(2, [3], -1, 1, 1), "out"));

        Assert.Contains("influence each other", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_changes_where_a_kink_is_crossed_and_nowhere_else()
    {
        byte[] file = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 2)
            .Weights("w", [2, 2], [1f, 0, 0, 1]).Node("MatMul", ["x", "w"], ["z"]).Node("Relu", ["z"], ["out"])
            .Output("out", TensorProto.Types.DataType.Float, null, 2)
            .Build();
        InputBatch rows = new([new InputTensor("x", (float[])[1, 1], 2, [2])]);
        using GradientModel model = GradientCheck.Load(file, rows, "out");

        double[] patterns = model.Run([1, 1, 2, 0.1, -1, 1, 1, -1, -1, -1, -3, -0.1], rows, 0, default).Patterns!;

        Assert.True(model.SeesKinks);
        Assert.Equal(patterns[0], patterns[1]);
        Assert.Equal(patterns[4], patterns[5]);
        Assert.Equal(4, patterns.Distinct().Count());
    }
}
