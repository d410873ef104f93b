using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Inference;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Explanations.Fusion;

/// <summary>A fused model against the definition, on a graph with an input of every kind that is masked in a session.</summary>
public sealed class FusedGameTests : IDisposable
{
    private static readonly Player[] Players =
    [
        new("pair", [new(0, 1), new(1, 0)], ["f", "l"]), new("f0", [new(0, 0)]), new("b", [new(2, 0)]), new("d", [new(3, 0)]), new("i", [new(4, 0)]),
    ];

    private readonly byte[] file = new GivenModel()
        .Input("f", DataType.Float, null, 2).Input("l", DataType.Int64, null, 1).Input("b", DataType.Bool, null, 1)
        .Input("d", DataType.Double, null, 1).Input("i", DataType.Int32, (long?)null)
        .Weights("w", [2, 1], [0.5f, -1.5f]).Weights("column", [2], [-1L, 1])
        .Node("MatMul", ["f", "w"], ["fw"]).Node("Cast", ["fw"], ["fd"], attributes: ("to", (long)DataType.Double))
        .Node("Cast", ["l"], ["ld"], attributes: ("to", (long)DataType.Double)).Node("Cast", ["b"], ["bd"], attributes: ("to", (long)DataType.Double))
        .Node("Cast", ["i"], ["id"], attributes: ("to", (long)DataType.Double)).Node("Reshape", ["id", "column"], ["ic"])
        .Node("Mul", ["fd", "ld"], ["fl"]).Node("Mul", ["bd", "d"], ["bdd"]).Node("Add", ["fl", "bdd"], ["s"]).Node("Mul", ["s", "ic"], ["si"])
        .Node("Concat", ["s", "si"], ["out"], attributes: ("axis", 1L))
        .Output("out", DataType.Double, null, 2)
        .Build();

    private readonly InputBatch background = Batch([1, 2, 3, 4, 1, 2, 5, 6], [2, 3, 2, 4], [true, false, true, true], [0.5, 1.5, 0.5, 2], [3, 1, 3, 2]);
    private readonly InputBatch row = Batch([7, 8], [5], [false], [2.5], [4]);
    private readonly double[] weights = [1, 2, 0.5, 1];
    private readonly OnnxPredictor predictor;

    public FusedGameTests() => predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);

    public void Dispose() => predictor.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1024)]
    public void A_coalition_is_worth_the_weighted_mean_however_the_background_and_coalitions_are_cut(int rowsAtOnce)
    {
        using FusedModel fused = Fused(rowsAtOnce);

        double[] values = Game(fused, out _).Value(CoalitionSet.All(5), 2, default);

        for (int s = 0; s < 32; s++)
        {
            (double first, double second) = Expected(s);
            Assert.Equal(first, values[2 * s], 1e-12);
            Assert.Equal(second, values[(2 * s) + 1], 1e-12);
        }
    }

    [Fact]
    public void Background_rows_that_are_alike_are_masked_once_and_bytes_are_counted()
    {
        using FusedModel fused = Fused(1024);
        MaskedGame game = Game(fused, out CountedModel counted);
        long rows = counted.Rows;
        long bytes = counted.Bytes;

        game.Value(CoalitionSet.All(5), 1, default);

        // Rows 0 and 2 are alike. 32 coalitions in one run: their truth values, the row, and two doubles a coalition.
        Assert.Equal(3, fused.BackgroundRows);
        Assert.Equal(32 * 3, counted.Rows - rows);
        Assert.Equal((32 * 5) + (8 + 8 + 4 + 8 + 4) + (32 * 2 * 8), counted.Bytes - bytes);
        Assert.Equal(32 * 3, game.CountRows(CoalitionSet.All(5)));
    }

    [Fact]
    public void Players_that_never_differ_and_coalitions_asked_twice_cost_nothing()
    {
        // All background rows agree with the row in "d": 16 coalitions are left of 32, and the last eight were asked before.
        InputBatch own = Batch([7, 8], [5], [false], [0.5], [4]);
        InputBatch same = Batch([1, 2, 3, 4], [2, 3], [true, false], [0.5, 0.5], [3, 1]);
        MaskedBackground prepared = new(same, null, Players);
        FusableModel model = PrepareFusion.Run(Request(same, own, null), default);
        using FusedModel fused = new(model, new FusedBackground(prepared, model.Inputs), "cpu", 1, 1024, default);
        CountedModel counted = new(Score);
        MaskedGame game = new(prepared, own, counted, prepared.BaseValue(counted, 2, 1, default), default) { Fused = fused };
        long before = counted.Rows;
        CoalitionSet twice = new(5, 40);
        for (int i = 0; i < 40; i++)
        {
            twice.Copy(CoalitionSet.All(5), i % 32, i);
        }

        double[] values = game.Value(twice, 1, default);

        Assert.Equal(16 * 2, counted.Rows - before);
        Assert.Equal(values[..16], values[64..]);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        using FusedModel fused = Fused(6);

        Assert.Equal(
            Game(fused, out _).Value(CoalitionSet.All(5), 1, default), Game(fused, out _).Value(CoalitionSet.All(5), 4, default));
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using FusedModel fused = Fused(6);
        using CancellationTokenSource stop = new();
        MaskedGame game = Game(fused, out _);
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => game.Value(CoalitionSet.All(5), 1, stop.Token));
    }

    [Theory]
    [InlineData(1L << 33, 1L << 20, 2048)]
    [InlineData(1L << 20, 1L << 30, 1)]
    [InlineData(1L << 40, 1, 65_536)]
    public void A_quarter_of_the_free_memory_is_filled_with_rows(long free, long rowBytes, int rows) => Assert.Equal(rows, PlanBatch.Rows(free, rowBytes));

    [Fact]
    public void The_size_of_a_row_counts_all_values_on_its_way()
    {
        byte[] wide = new GivenModel()
            .Input("x", DataType.Float, null, 3).Weights("w", [3, 100], new float[300]).Node("MatMul", ["x", "w"], ["h"]).Node("Relu", ["h"], ["out"])
            .Output("out", DataType.Float, null, 100).Build();
        InputBatch rows = Given.Floats(3, 1, 2, 3);
        FusableModel model = PrepareFusion.Run(
            new ExplainRequest
            {
                Model = Score, Graph = new ModelGraph(wide), Output = "out", Outputs = 100, Rows = rows, Background = rows,
                Players = Player.OfElements(rows, null),
            },
            default);

        Assert.Equal((3 * 8) + (2 * 100 * 4), PlanBatch.RowBytes(model, rows, default));
    }

    private FusedModel Fused(int rowsAtOnce)
    {
        FusableModel model = PrepareFusion.Run(Request(background, row, weights), default);
        return new FusedModel(model, new FusedBackground(new MaskedBackground(background, weights, Players), model.Inputs), "cpu", 1, rowsAtOnce, default);
    }

    private MaskedGame Game(FusedModel fused, out CountedModel counted)
    {
        MaskedBackground prepared = new(background, weights, Players);
        counted = new CountedModel(Score);
        return new MaskedGame(prepared, row, counted, prepared.BaseValue(counted, 2, 1, default), default) { Fused = fused };
    }

    private ExplainRequest Request(InputBatch rows, InputBatch own, double[]? given) => new()
    {
        Model = Score, Graph = new ModelGraph(file), Output = "out", Outputs = 2, Rows = own, Background = rows, BackgroundWeights = given, Players = Players,
    };

    private double[] Score(InputBatch rows, CancellationToken cancellationToken) => predictor.Predict(rows, "out", cancellationToken).Numbers!;

    // By the definition, element by element; bit p of s is player p.
    private (double First, double Second) Expected(int s)
    {
        (double first, double second) = (0, 0);
        for (int b = 0; b < 4; b++)
        {
            double f0 = Known(1) ? 7 : ((float[])background.Tensors[0].Values)[2 * b];
            double f1 = Known(0) ? 8 : ((float[])background.Tensors[0].Values)[(2 * b) + 1];
            double l = Known(0) ? 5 : ((long[])background.Tensors[1].Values)[b];
            double flag = Known(2) ? 0 : ((bool[])background.Tensors[2].Values)[b] ? 1 : 0;
            double d = Known(3) ? 2.5 : ((double[])background.Tensors[3].Values)[b];
            double i = Known(4) ? 4 : ((int[])background.Tensors[4].Values)[b];
            double sum = (((0.5 * f0) - (1.5 * f1)) * l) + (flag * d);
            first += weights[b] / 4.5 * sum;
            second += weights[b] / 4.5 * sum * i;
        }

        return (first, second);

        bool Known(int player) => (s >> player & 1) != 0;
    }

    private static InputBatch Batch(float[] f, long[] l, bool[] b, double[] d, int[] i) =>
        new([new("f", f, 2, [2]), new("l", l, 1, [1]), new("b", b, 1, [1]), new("d", d, 1, [1]), new("i", i, 1, [])]);
}
