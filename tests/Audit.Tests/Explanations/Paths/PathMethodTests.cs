using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Paths;

/// <summary>Methods that follow gradients, on functions whose integrals are known.</summary>
public sealed class PathMethodTests
{
    // f = x1 x2 + 3 x3 + relu(x1 - 1): along 0 to x the product gives each half of it, and relu its gain to x1.
    private static readonly byte[] Known = new GivenModel()
        .Input("x", TensorProto.Types.DataType.Float, null, 3)
        .Weights("n", [3], [1L, 1, 1]).Node("Split", ["x", "n"], ["a", "b", "c"], attributes: ("axis", 1L))
        .Weights("three", [], [3f]).Weights("one", [], [1f])
        .Node("Mul", ["a", "b"], ["ab"]).Node("Mul", ["c", "three"], ["c3"]).Node("Sub", ["a", "one"], ["over"]).Node("Relu", ["over"], ["up"])
        .Node("Sum", ["ab", "c3", "up"], ["out"])
        .Output("out", TensorProto.Types.DataType.Float, null, 1)
        .Build();

    [Fact]
    public void Integrated_gradients_are_the_integrals()
    {
        ExplanationReport report = Run(Request("integrated-gradients", [2, 4, 1, 0.5f, -2, 3], [0, 0, 0]));

        Near([4 + 1, 4, 3], report.Rows[0].Values[0]);
        Near([-0.5, -0.5, 9], report.Rows[1].Values[0]);
        Assert.Equal(0, report.BaseValue[0], 1e-9);
        Assert.True(report.Converged);
        Assert.InRange(report.Completeness!.LargestShare, 0, 1e-3);
        Assert.InRange(report.Completeness.Kinks, 1, 20);
        Assert.True(report.Completeness.SeesKinks);
        Assert.Equal(report.ModelRows, report.Completeness.Points + 3);
    }

    [Fact]
    public void Expected_gradients_are_the_mean_over_the_background()
    {
        float[] background = [0, 0, 0, 1, 1, 1, -1, 2, 0.5f];
        ExplainRequest request = Request("expected-gradients", [2, 4, 1], background) with { BackgroundWeights = [2, 1, 1] };

        ExplanationReport report = Run(request);

        double[] mean = new double[3];
        for (int row = 0; row < 3; row++)
        {
            ExplanationReport one = Run(Request("integrated-gradients", [2, 4, 1], background[(3 * row)..((3 * row) + 3)]));
            for (int i = 0; i < 3; i++)
            {
                mean[i] += (row == 0 ? 0.5 : 0.25) * one.Rows[0].Values[0][i];
            }
        }

        Near(mean, report.Rows[0].Values[0]);
        Assert.InRange(Math.Abs(report.Rows[0].AdditivityResidual[0]), 0, 1e-2);
    }

    // Many kinks and curves: against 200,000 midpoints by the graph's own gradient.
    [Fact]
    public void A_network_of_kinks_agrees_with_a_fine_grid()
    {
        byte[] network = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 4)
            .Weights("w", [4, 16], Gradients.RuleCase.Random(64, 1, 1)).Weights("b", [16], Gradients.RuleCase.Random(16, 1, 2))
            .Weights("v", [16, 16], Gradients.RuleCase.Random(256, 1, 3)).Weights("u", [16, 1], Gradients.RuleCase.Random(16, 1, 4))
            .Node("Gemm", ["x", "w", "b"], ["h"]).Node("Relu", ["h"], ["r"]).Node("MatMul", ["r", "v"], ["k"]).Node("LeakyRelu", ["k"], ["l"])
            .Node("MatMul", ["l", "u"], ["z"]).Node("Sigmoid", ["z"], ["out"])
            .Output("out", TensorProto.Types.DataType.Float, null, 1)
            .Build();
        ExplainRequest request = Request("integrated-gradients", [1.5f, -2, 0.7f, 1.1f], [-1, 1, -0.5f, 0]) with { Graph = new ModelGraph(network) };
        using OnnxPredictor predictor = OnnxPredictor.Load(network, new PredictorOptions { Provider = "cpu" }, default);
        request = request with { Model = (rows, token) => predictor.Predict(rows, token)["out"].Numbers! };
        using Audit.Gradients.GradientModel gradient = Audit.Gradients.GradientModel.Load(
            request.Graph, request.Rows, "out", "identity", false, new PredictorOptions { Provider = "cpu" }, default);
        double[] start = gradient.PointsOf(request.Background, default);
        double[] end = gradient.PointsOf(request.Rows, default);
        double[] expected = new double[4];
        const int Steps = 200_000;
        for (int block = 0; block < Steps; block += 1000)
        {
            double[] points = [.. Enumerable.Range(block, 1000).SelectMany(step => Enumerable.Range(0, 4).Select(i => start[i] + ((step + 0.5) / Steps * (end[i] - start[i]))))];
            double[] slopes = gradient.Run(points, request.Rows, 0, default).Gradients;
            for (int i = 0; i < slopes.Length; i++)
            {
                expected[i % 4] += slopes[i] * (end[i % 4] - start[i % 4]) / Steps;
            }
        }

        ExplanationReport report = Run(request);

        double range = expected.Max() - expected.Min();
        Assert.All(expected.Zip(report.Rows[0].Values[0]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-3 * range));
        Assert.InRange(report.Completeness!.Points, 20, 4000);
    }

    [Fact]
    public void Saliency_gives_slopes_and_no_residual()
    {
        ExplanationReport report = Run(Request("saliency", [2, 4, 1, 0.5f, -2, 3], [0, 0, 0]));

        Near([4 + 1, 2, 3], report.Rows[0].Values[0]);
        Near([-2, 0.5, 3], report.Rows[1].Values[0]);
        Assert.True(double.IsNaN(report.Rows[0].AdditivityResidual[0]));
        Assert.Contains(report.Notes, note => note.Code == "slopes");
        Assert.Null(report.Completeness);
    }

    // The slope of x1 x2 in x1 is x2, whose mean over noise is the row's own x2; that in x3 never changes.
    [Fact]
    public void Smooth_slopes_are_means_with_errors()
    {
        ExplanationReport report = Run(Request("smoothgrad", [-3, 4, 1], [0, 0, 0, 2, 5, 1]) with { Samples = 4000 });

        ExplainedRow row = report.Rows[0];
        double[] errors = [.. row.StandardErrors![0]];
        Assert.Equal(0.1 * 5 / Math.Sqrt(4000), errors[0], 4e-4);
        Assert.Equal(0.1 * 2 / Math.Sqrt(4000), errors[1], 2e-4);
        Assert.InRange(Math.Abs(row.Values[0][0] - 4), 0, 4 * errors[0]);
        Assert.InRange(Math.Abs(row.Values[0][1] + 3), 0, 4 * errors[1]);
        Near([3], [row.Values[0][2]]);
    }

    // What a token counts is the way from the reference's embedding to its own, along the slope.
    [Fact]
    public void Tokens_are_moved_between_their_embeddings()
    {
        byte[] file = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Int64, null, 2)
            .Weights("e", [3, 2], [0f, 0, 1, 2, -3, 1]).Weights("w", [2, 1], [2f, 0.5f]).Weights("at", [1], [2L])
            .Node("Gather", ["e", "x"], ["vectors"]).Node("MatMul", ["vectors", "w"], ["each"])
            .Node("Squeeze", ["each", "at"], ["two"]).Node("ReduceMean", ["two"], ["out"], attributes: ("axes", (long[])[1]))
            .Output("out", TensorProto.Types.DataType.Float, null, 1)
            .Build();
        InputBatch rows = new([new InputTensor("x", (long[])[1, 2], 2, [2])]);
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        ExplainRequest request = Request("integrated-gradients", [0, 0, 0], [0, 0, 0]) with
        {
            Graph = new ModelGraph(file),
            Model = (batch, token) => predictor.Predict(batch, token)["out"].Numbers!,
            Rows = rows,
            Background = new InputBatch([new InputTensor("x", (long[])[0, 0], 2, [2])]),
            Players = Player.OfElements(rows, null),
        };

        ExplanationReport report = Run(request);

        Near([(2 + 1) / 2.0, (-6 + 0.5) / 2], report.Rows[0].Values[0]);
        Assert.True(report.Completeness is { SeesKinks: true, Kinks: 0 });
    }

    [Theory]
    [InlineData("integrated-gradients")]
    [InlineData("expected-gradients")]
    [InlineData("smoothgrad")]
    public void Neither_threads_nor_other_rows_change_a_bit(string method)
    {
        ExplainRequest request = Request(method, [2, 4, 1, 0.5f, -2, 3, 3, 3, 3], [0, 0.5f, 0]) with { Seed = 3 };

        ExplanationReport two = Run(request with { Threads = 2 });
        ExplanationReport last = Run(request with { Rows = request.Rows.Slice(2, 1), RowIndices = [2] });

        Assert.Equal(JsonSerializer.Serialize(Run(request) with { Seconds = null }, ReportJson.Options), JsonSerializer.Serialize(two with { Seconds = null }, ReportJson.Options));
        Assert.Equal(two.Rows[2].Values[0], last.Rows[0].Values[0]);
    }

    [Fact]
    public void A_budget_that_ends_too_early_is_said()
    {
        byte[] steep = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 3)
            .Weights("w", [3, 1], [40f, 40, 40]).Node("MatMul", ["x", "w"], ["z"]).Node("Tanh", ["z"], ["out"])
            .Output("out", TensorProto.Types.DataType.Float, null, 1)
            .Build();
        using OnnxPredictor predictor = OnnxPredictor.Load(steep, new PredictorOptions { Provider = "cpu" }, default);
        ExplainRequest request = Request("integrated-gradients", [1, 1, 1], [-0.9f, -1, -1]) with
        {
            Graph = new ModelGraph(steep), Model = (rows, token) => predictor.Predict(rows, token)["out"].Numbers!,
        };

        ExplanationReport few = Run(request with { Steps = 8 });
        ExplanationReport enough = Run(request);

        Assert.False(few.Converged);
        Assert.Contains("take more steps", Assert.Single(few.Notes).Message, StringComparison.Ordinal);
        Assert.True(enough.Converged);
        Assert.Empty(enough.Notes);
    }

    [Fact]
    public void Several_reference_rows_and_interactions_are_refused_in_words()
    {
        InputException many = Assert.Throws<InputException>(() => Run(Request("integrated-gradients", [1, 1, 1], [0, 0, 0, 1, 1, 1])));
        InputException pairs = Assert.Throws<InputException>(() => Run(Request("expected-gradients", [1, 1, 1], [0, 0, 0]) with { Interactions = true }));

        Assert.Contains("--reference mean, zero or row:i", many.Message, StringComparison.Ordinal);
        Assert.Contains("gives no interactions", pairs.Message, StringComparison.Ordinal);
    }

    private static ExplanationReport Run(ExplainRequest request) => ExplainRows.Run(request with { Deterministic = true }, null, TimeProvider.System, default);

    private static ExplainRequest Request(string method, float[] rows, float[] background)
    {
        int width = background.Length % 4 == 0 ? 4 : 3;
        InputBatch batch = Given.Floats(width, rows);
        return new ExplainRequest
        {
            Model = (given, _) => Values(given),
            Outputs = 1,
            Output = "out",
            Rows = batch,
            Background = Given.Floats(width, background),
            Players = Player.OfElements(batch, null),
            Graph = new ModelGraph(Known),
            Method = method,
        };
    }

    private static double[] Values(InputBatch rows)
    {
        float[] x = (float[])rows.Tensors[0].Values;
        return [.. Enumerable.Range(0, rows.Rows).Select(row => (double)((x[3 * row] * x[(3 * row) + 1]) + (3 * x[(3 * row) + 2]) + Math.Max(x[3 * row] - 1, 0)))];
    }

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 2e-3));
}
