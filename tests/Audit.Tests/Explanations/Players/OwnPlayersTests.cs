using System.Text.Json;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Audit.Tests.Gradients;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Explanations.Players;

/// <summary>Several rows whose regions differ, explained in one report.</summary>
public sealed class OwnPlayersTests : IDisposable
{
    private const int Side = 8;

    private static readonly byte[] File = new GivenModel()
        .Input("x", DataType.Float, null, 1, Side, Side)
        .Weights("flat", [2], [-1L, Side * Side]).Weights("w", [Side * Side, 6], RuleCase.Random(Side * Side * 6, 0.3f, 1)).Weights("u", [6, 2], RuleCase.Random(12, 1, 2))
        .Node("Reshape", ["x", "flat"], ["f"]).Node("MatMul", ["f", "w"], ["h"]).Node("Tanh", ["h"], ["t"]).Node("MatMul", ["t", "u"], ["out"])
        .Output("out", DataType.Float, null, 2)
        .Build();

    // Stripes down, stripes across, and one bright corner.
    private static readonly InputBatch Rows = new([new InputTensor("x", (float[])[.. Picture((y, x) => x / 3), .. Picture((y, x) => y / 2), .. Picture((y, x) => y + x < 4 ? 9 : 0)], Side * Side, [1, Side, Side])]);

    private readonly OnnxPredictor predictor = OnnxPredictor.Load(File, new PredictorOptions { Provider = "cpu" }, default);

    public void Dispose() => predictor.Dispose();

    [Theory]
    [InlineData("exact", FusionMode.Off, 1)]
    [InlineData("exact", FusionMode.On, 3)]
    [InlineData("kernel", FusionMode.Off, 2)]
    [InlineData("integrated-gradients", FusionMode.On, 2)]
    public void Each_row_gets_what_it_gets_alone(string method, FusionMode fusion, int threads)
    {
        ExplanationReport all = Run(Request([0, 1, 2]) with { Method = method, Fusion = fusion, Threads = threads });

        Assert.Null(all.Groups);
        Assert.Equal(fusion == FusionMode.On ? "fused" : "rows", all.Transport!.Path);
        for (int row = 0; row < 3; row++)
        {
            ExplanationReport alone = Run(Request([row]) with { Method = method, Fusion = fusion });
            Assert.Equal(row, all.Rows[row].Row);
            Assert.Equal(alone.Groups!.Keys, all.Rows[row].Groups!.Keys);
            Assert.Equal(alone.Rows[0].Prediction, all.Rows[row].Prediction);
            for (int player = 0; player < all.Features.Count; player++)
            {
                int own = alone.Features.ToList().IndexOf(all.Features[player]);
                Assert.Equal(own < 0 ? 0 : alone.Rows[0].Values[1][own], all.Rows[row].Values[1][player]);
            }
        }

        // The regions are not the same, or there would be nothing to tell apart.
        Assert.NotEqual(all.Rows[0].Groups!["region 1"], all.Rows[1].Groups!["region 1"]);
    }

    [Fact]
    public void Reference_rows_are_scored_once_for_all_rows()
    {
        ExplainRequest request = Request([0, 1, 2]) with { Method = "exact" };

        long all = Run(request).ModelRows;
        long apart = Enumerable.Range(0, 3).Sum(row => Run(Request([row]) with { Method = "exact" }).ModelRows);

        Assert.Equal(2 * request.Background.Rows, apart - all);
    }

    [Fact]
    public void The_report_goes_through_JSON_with_each_rows_own_regions()
    {
        ExplanationReport report = Run(Request([0, 2]) with { Method = "kernel", Samples = 60 });

        string json = JsonSerializer.Serialize(report, ReportJson.Options);
        ExplanationReport back = JsonSerializer.Deserialize<ExplanationReport>(json, ReportJson.Options)!;

        Assert.Equal(report.Rows[1].Groups!["region 1"], back.Rows[1].Groups!["region 1"]);
        Assert.Equal(json, JsonSerializer.Serialize(back, ReportJson.Options));
    }

    [Fact]
    public void A_row_without_a_player_has_zeros_for_it()
    {
        ExplainedRow row = new()
        {
            Row = 0, Prediction = [1], Values = [[2, 3]], StandardErrors = [[0.2, 0.3]], Interval = [[[1, 3], [2, 4]]], AdditivityResidual = [0], Interactions = [[[0, 5], [5, 0]]],
        };

        ExplainedRow wide = WidenRow.To(["a", "b", "c"], ["c", "a"], row);

        Assert.Equal([3, 0, 2], wide.Values[0]);
        Assert.Equal([0.3, 0, 0.2], wide.StandardErrors![0]);
        Assert.Equal([[2, 4], [0, 0], [1, 3]], wide.Interval![0]);
        Assert.Equal([[0, 0, 5], [0, 0, 0], [5, 0, 0]], wide.Interactions![0]);
    }

    private static ExplanationReport Run(ExplainRequest request) => ExplainRows.Run(request with { Deterministic = true }, null, TimeProvider.System, default);

    private ExplainRequest Request(int[] rows)
    {
        InputBatch taken = Rows.Take(rows);
        RowEncoder encoder = new(predictor.Signature, ModelEncoding.Read(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"inputs":[{"name":"x","features":[{{string.Join(",", Enumerable.Range(0, Side * Side).Select(i => $$"""{"name":"p{{i}}","kind":"image"}"""))}}]}]}""")));
        PlayerSpec spec = PlayerSpec.Parse("superpixels:5")!;
        IReadOnlyList<PlayerPlan>? each = PlayerPlan.Each(spec, null, encoder, taken);
        PlayerPlan plan = each?[0] ?? PlayerPlan.Make(spec, null, encoder, taken);
        return new ExplainRequest
        {
            Model = (batch, token) => predictor.Predict(batch, "out", token).Numbers!, Graph = new ModelGraph(File), Outputs = 2, Output = "out",
            Rows = taken, RowIndices = rows, Background = new InputBatch([new InputTensor("x", Picture((y, x) => (y * x) % 5), Side * Side, [1, Side, Side])]),
            Players = plan.Players, OwnPlayers = each, Hierarchy = plan.Hierarchy, Seed = 4,
        };
    }

    private static float[] Picture(Func<int, int, int> value) => [.. Enumerable.Range(0, Side * Side).Select(i => (float)value(i / Side, i % Side))];
}
