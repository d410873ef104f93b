using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Gradients;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Explanations.Fusion;

/// <summary>Gradients whose points are made, and slopes added up, inside the session give what sending points gives.</summary>
public sealed class FusedGradientTests
{
    private const int Width = 30;

    // A picture that is moved, and a token that is moved as its embedding and turns the sign as itself; kinks and curves.
    private static readonly byte[] Network = new GivenModel()
        .Input("x", DataType.Float, null, 5, 6).Input("times", DataType.Int64, null, 1)
        .Weights("flat", [2], [-1L, Width]).Weights("w", [Width, 16], RuleCase.Random(Width * 16, 0.4f, 1)).Weights("b", [16], RuleCase.Random(16, 1, 2))
        .Weights("u", [16, 2], RuleCase.Random(32, 1, 3))
        .Node("Reshape", ["x", "flat"], ["f"]).Node("Gemm", ["f", "w", "b"], ["h"]).Node("Relu", ["h"], ["r"]).Node("MatMul", ["r", "u"], ["z"])
        .Weights("e", [3, 2], [0.1f, -0.2f, 0.7f, 0.3f, -0.4f, 0.5f]).Weights("pair", [2], [-1L, 2])
        .Node("Gather", ["e", "times"], ["own"]).Node("Reshape", ["own", "pair"], ["shift"]).Node("Add", ["z", "shift"], ["zs"])
        .Node("Greater", ["times", "none"], ["more"]).Weights("none", [1], [0L])
        .Node("Neg", ["zs"], ["minus"]).Node("Where", ["more", "zs", "minus"], ["turned"]).Node("Sigmoid", ["turned"], ["out"])
        .Output("out", DataType.Float, null, 2)
        .Build();

    private static readonly OnnxPredictor Predictor = OnnxPredictor.Load(Network, new PredictorOptions { Provider = "cpu" }, default);

    public static TheoryData<string, string> Cases => new()
    {
        { "saliency", "elements" }, { "saliency", "uneven" }, { "smoothgrad", "pairs" }, { "integrated-gradients", "elements" },
        { "integrated-gradients", "backwards" }, { "integrated-gradients", "uneven" }, { "expected-gradients", "pairs" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Players_of_any_size_get_the_same_values(string method, string players)
    {
        ExplainRequest request = Request(method, players);

        ExplanationReport rows = Run(request with { Fusion = FusionMode.Off });
        ExplanationReport fused = Run(request with { Fusion = FusionMode.On });

        Assert.Equal("rows", rows.Transport!.Path);
        Assert.True(fused.Transport!.Path == "fused", fused.Transport.Reason);
        Assert.DoesNotContain(fused.Notes, note => note.Code == "not-fused");
        Assert.Equal(rows.ModelRows, fused.ModelRows);
        Assert.Equal(rows.Completeness?.Kinks, fused.Completeness?.Kinks);
        for (int row = 0; row < rows.Rows.Count; row++)
        {
            for (int output = 0; output < 2; output++)
            {
                double largest = rows.Rows[row].Values[output].Max(Math.Abs);
                Assert.All(rows.Rows[row].Values[output].Zip(fused.Rows[row].Values[output]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-7 * largest));
            }
        }
    }

    [Fact]
    public void Paths_move_places_and_sums_where_points_and_slopes_went()
    {
        ExplainRequest request = Request("integrated-gradients", "pairs");

        ExplanationReport rows = Run(request with { Fusion = FusionMode.Off });
        ExplanationReport fused = Run(request with { Fusion = FusionMode.On });

        Assert.StartsWith("Places on the paths go to the session", fused.Transport!.Reason, StringComparison.Ordinal);
        Assert.InRange(fused.Transport.Bytes, 1, rows.Transport!.Bytes / 2);
    }

    [Fact]
    public void On_the_CPU_points_are_sent_unless_asked_for()
    {
        ExplanationReport auto = Run(Request("integrated-gradients", "elements"));
        ExplanationReport off = Run(Request("integrated-gradients", "elements") with { Fusion = FusionMode.Off });

        Assert.Equal(("rows", "On the CPU points and slopes have no way to go."), (auto.Transport!.Path, auto.Transport.Reason));
        Assert.Equal("Fusion is turned off.", off.Transport!.Reason);
        Assert.Equal(auto.Transport.Bytes, off.Transport.Bytes);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        ExplainRequest request = Request("expected-gradients", "pairs") with { Fusion = FusionMode.On };

        Assert.Equal(
            Run(request).Rows.SelectMany(row => row.Values[0]), Run(request with { Threads = 3 }).Rows.SelectMany(row => row.Values[0]));
    }

    [Fact]
    public void A_graph_of_a_fixed_batch_is_not_fused_and_says_so()
    {
        byte[] file = new GivenModel()
            .Input("x", DataType.Float, 2, 3).Weights("w", [3, 2], [0.4f, -1, 2, 0.3f, -0.7f, 1.1f]).Node("MatMul", ["x", "w"], ["z"]).Node("Tanh", ["z"], ["out"])
            .Output("out", DataType.Float, 2, 2).Build();
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        InputBatch rows = Given.RandomRows(2, 3, 1);

        ExplanationReport report = Run(new ExplainRequest
        {
            Model = (batch, token) => predictor.Predict(batch, "out", token).Numbers!, Graph = new ModelGraph(file), Outputs = 2, Output = "out", Rows = rows,
            Background = Given.RandomRows(1, 3, 2), Players = Player.OfElements(rows, null), Method = "integrated-gradients", Fusion = FusionMode.On,
        });

        Assert.Equal(("rows", "The graph takes exactly 2 rows at once."), (report.Transport!.Path, report.Transport.Reason));
        Assert.Contains(report.Notes, note => note.Code == "not-fused" && note.Message.EndsWith("exactly 2 rows at once.", StringComparison.Ordinal));
        Assert.True(report.Converged);
    }

    private static ExplanationReport Run(ExplainRequest request) => ExplainRows.Run(request with { Deterministic = true }, null, TimeProvider.System, default);

    private static ExplainRequest Request(string method, string players)
    {
        InputBatch rows = Batch([0.5f, -1.2f, 0.3f], 1, 0, 1);
        int background = method == "integrated-gradients" ? 1 : 4;
        return new ExplainRequest
        {
            Model = (batch, token) => Predictor.Predict(batch, "out", token).Numbers!, Graph = new ModelGraph(Network), Outputs = 2, Output = "out", Rows = rows,
            Background = Batch([.. Enumerable.Range(0, background).Select(row => 0.1f * row)], [.. Enumerable.Repeat(1L, background)]),
            Players = [.. Cut(players), new Player("times", [new PlayerElement(1, 0)])],
            Method = method, Samples = method == "smoothgrad" ? 20 : null, Seed = 3,
        };
    }

    private static IEnumerable<Player> Cut(string players) => players switch
    {
        "elements" => Enumerable.Range(0, Width).Select(i => Of(i, i, 1)),
        "backwards" => Enumerable.Range(0, Width).Select(i => Of(i, Width - 1 - i, 1)),
        "pairs" => Enumerable.Range(0, Width / 2).Select(i => Of(i, 2 * i, 2)),
        _ => [Of(0, 0, 15), .. Enumerable.Range(15, 15).Select(i => Of(i, i, 1))],
    };

    private static Player Of(int name, int first, int count) => new($"p{name}", [.. Enumerable.Range(first, count).Select(i => new PlayerElement(0, i))]);

    private static InputBatch Batch(float[] levels, params long[] times) => new(
    [
        new InputTensor("x", (float[])[.. levels.SelectMany((level, row) => Enumerable.Range(0, Width).Select(i => level + (float)Math.Sin((7 * i) + row)))], Width, [5, 6]),
        new InputTensor("times", times, 1, [1]),
    ]);
}
