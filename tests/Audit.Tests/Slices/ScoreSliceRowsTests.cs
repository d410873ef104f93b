using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Slices;
using Governance.Tests;

namespace Governance.Audit.Tests.Slices;

public sealed class ScoreSliceRowsTests
{
    // p = σ(x), 1 from 0.5 on; the fourth row has no x and so no score.
    private static readonly Table Rows = new([new NumberColumn("x", [2, -2, 1, double.NaN, -1]), new NumberColumn("y", [1, 1, 0, 0, 0])]);

    [Theory]
    [InlineData(SliceMetric.ErrorRate, new[] { 0, 1, 1, 1, 0.0 })]
    [InlineData(SliceMetric.FalsePositiveRate, new[] { double.NaN, double.NaN, 1, 1, 0 })]
    [InlineData(SliceMetric.FalseNegativeRate, new[] { 0, 1, double.NaN, double.NaN, double.NaN })]
    public void No_answer_is_a_wrong_one(SliceMetric metric, double[] expected) => Assert.Equal(expected, Score(metric).Losses);

    [Fact]
    public void Losses_do_not_count_rows_without_an_answer()
    {
        double[] losses = Score(SliceMetric.LogLoss).Losses;

        Assert.Equal(Math.Log(1 + Math.Exp(-2)), losses[0], 1e-6);
        Assert.Equal(Math.Log(1 + Math.Exp(1)), losses[2], 1e-6);
        Assert.True(double.IsNaN(losses[3]));
    }

    [Fact]
    public void Squared_errors_of_probabilities_are_Briers()
    {
        Assert.Equal(0.0142, Score(SliceMetric.SquaredError).Losses[0], 1e-4);
        Assert.Equal(["y"], Score(SliceMetric.ErrorRate).Used);
        Assert.Equal("1", Score(SliceMetric.ErrorRate).Positive);
    }

    private static SliceRows Score(SliceMetric metric)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(GivenModel.Logistic([1], 0), new PredictorOptions { Provider = "cpu" }, default);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, null, Rows, ["x"]);
        return ScoreSliceRows.Run(predictor, new DecisionRule(predictor.Signature, encoder.Encoding), encoder, Rows, "y", metric, null, default);
    }
}
