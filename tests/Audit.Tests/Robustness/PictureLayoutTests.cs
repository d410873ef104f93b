using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Robustness;
using Governance.Audit.Tests.Gradients;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Robustness;

/// <summary>One model and its pictures of three channels, with the channels first and last: the same tests, the same figures.</summary>
public sealed class PictureLayoutTests
{
    private const int Side = 6;
    private const int Channels = 3;

    // Shape [channels, y, x]: each element has its own weight, so that a picture moved the wrong way shows.
    private static readonly float[] Weights = RuleCase.Random(Channels * Side * Side, 0.5f, 8);

    [Theory]
    [InlineData("shift")]
    [InlineData("rotate")]
    [InlineData("brightness")]
    [InlineData("denoise")]
    [InlineData("noise")]
    public void Pictures_are_disturbed_alike_wherever_their_channels_lie(string test)
    {
        using Loaded first = Load(last: false);
        using Loaded last = Load(last: true);

        IReadOnlyList<RobustnessCurve> curves = first.Run(test).Curves;
        IReadOnlyList<RobustnessCurve> others = last.Run(test).Curves;

        Assert.Equal(curves.Select(curve => curve.Title), others.Select(curve => curve.Title));
        foreach ((RobustnessCurve one, RobustnessCurve other) in curves.Zip(others))
        {
            Assert.Null(one.Refusal);
            Assert.True(one.Points[^1].ScoreShift > 0.001);

            // Noise is drawn element by element, in the order of the columns: as large, but not the same.
            (double low, double high) = test == "noise" ? (0.7, 1.4) : (0.999999, 1.000001);
            Assert.All(one.Points.Zip(other.Points), pair => Assert.InRange(pair.Second.ScoreShift / pair.First.ScoreShift, low, high));
        }
    }

    private static Loaded Load(bool last)
    {
        int[] order = [.. Enumerable.Range(0, Weights.Length).Select(place => last ? ((place % Channels) * Side * Side) + (place / Channels) : place)];
        long?[] shape = last ? [null, Side, Side, Channels] : [null, Channels, Side, Side];
        byte[] model = new GivenModel()
            .Input("x", DataType.Float, shape)
            .Weights("flat", [2], [-1L, Weights.Length]).Weights("w", [Weights.Length, 1], [.. order.Select(place => Weights[place])])
            .Node("Reshape", ["x", "flat"], ["f"]).Node("MatMul", ["f", "w"], ["z"]).Node("Sigmoid", ["z"], ["prob"])
            .Output("prob", DataType.Float, null, 1)
            .Build();
        double[][] pictures = [.. Enumerable.Range(0, 40).Select(Picture)];
        return Loaded.Of(model, null, new Table([.. order.Select(place => new NumberColumn($"p{place}", [.. pictures.Select(picture => picture[place])]))]), null);
    }

    private static double[] Picture(int row)
    {
        SeededRandom random = new(12, row);
        return [.. Enumerable.Range(0, Weights.Length).Select(_ => random.NextDouble())];
    }
}
