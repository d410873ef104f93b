using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Quantisation;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Variants;

/// <summary>Weights and values as bytes: bounds that follow from the definition, and what a row's answer depends on.</summary>
public sealed class QuantisationTests
{
    [Theory]
    [InlineData(32, 5, 5)]
    [InlineData(31, 5, 1)]
    public void A_weight_is_off_by_half_a_step_at_most_and_small_kernels_share_a_scale(int kernel, int channels, int scales)
    {
        float[] values = [.. Draw(kernel * channels)];
        values[3] = 0;

        QuantisedWeights made = QuantisedWeights.Of(values, [kernel, channels], 1);

        Assert.Equal(scales, made.Scales.Length);
        Assert.Equal(QuantisedWeights.Zero, made.Values[3]);
        for (int i = 0; i < values.Length; i++)
        {
            float scale = made.Scales[made.Axis is null ? 0 : i % channels];
            Assert.InRange(Math.Abs(values[i] - (scale * (made.Values[i] - 128))), 0, scale * 0.5001f);
        }
    }

    [Fact]
    public void A_matrix_of_zeros_stays_one()
    {
        QuantisedWeights made = QuantisedWeights.Of(new float[64], [32, 2], 1);

        Assert.All(made.Values, value => Assert.Equal(QuantisedWeights.Zero, value));
        Assert.All(made.Scales, scale => Assert.True(scale > 0));
    }

    [Fact]
    public void A_range_holds_zero_exactly_and_its_ends_within_a_step()
    {
        ValueRange range = ValueRange.Of(-1, 3);

        Assert.Equal(4.0 / 255, range.Scale, 1e-7);
        Assert.InRange(range.Scale * (0 - range.Zero), -1 - range.Scale, -1 + range.Scale);
        Assert.InRange(range.Scale * (255 - range.Zero), 3 - range.Scale, 3 + range.Scale);
    }

    [Fact]
    public void Percentiles_cut_tails_and_entropy_cuts_an_outlier()
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => i / 10_000.0), 100];
        ValueHistogram seen = new(0, 100);
        seen.Add(values);

        Assert.InRange(seen.Percentile(99.9).High, 0.9, 1.2);
        Assert.Equal(100, seen.Percentile(100).High, 1e-9);
        Assert.InRange(seen.Entropy().High, 1, 50);
    }

    // Two rows of very different size: one scale for both would round the small one away.
    [Fact]
    public void A_row_answers_alike_alone_and_beside_a_much_larger_one()
    {
        byte[] made = MakeVariant.Run(Network(), new VariantRecipe { Kind = VariantKind.Int8Dynamic }, null, null, default).Model;
        float[] small = [.. Draw(40).Select(value => value / 1_000)];
        float[] large = [.. Draw(40).Select(value => value * 1_000)];

        double[] alone = Answers(made, small, 1);
        double[] beside = Answers(made, [.. small, .. large], 2);

        Assert.Equal(alone, beside[..3]);
        double[] exact = Answers(Network(), small, 1);
        Assert.All(alone.Zip(exact), pair => Assert.Equal(pair.Second, pair.First, 0.02 * exact.Max(Math.Abs)));
    }

    [Theory]
    [InlineData(VariantKind.Int8Dynamic, ActivationScale.Row)]
    [InlineData(VariantKind.Int8Dynamic, ActivationScale.Tensor)]
    [InlineData(VariantKind.Int8Static, ActivationScale.Row)]
    [InlineData(VariantKind.Int8Weights, ActivationScale.Row)]
    [InlineData(VariantKind.Fp16, ActivationScale.Row)]
    [InlineData(VariantKind.Optimise, ActivationScale.Row)]
    public void Each_recipe_stays_near_the_parent_and_names_what_it_did(VariantKind kind, ActivationScale scale)
    {
        float[] rows = [.. Draw(40 * 50)];

        MadeVariant made = MakeVariant.Run(Network(), new VariantRecipe { Kind = kind, Scale = scale }, new VariantRows(Batch(rows, 50)), null, default);

        double[] exact = Answers(Network(), rows, 50);
        double largest = exact.Max(Math.Abs);
        Assert.All(Answers(made.Model, rows, 50).Zip(exact), pair => Assert.Equal(pair.Second, pair.First, (kind == VariantKind.Optimise ? 1e-5 : 0.04) * largest));
        Assert.NotEmpty(made.Summary.Touched);
        Assert.Equal(made.Model.Length, made.Summary.File.After);
    }

    [Fact]
    public void An_excluded_node_keeps_its_weights()
    {
        MadeVariant made = MakeVariant.Run(Network(), new VariantRecipe { Kind = VariantKind.Int8Weights, Exclude = ["h"] }, null, null, default);

        Assert.Equal("left as it is on request", Assert.Single(made.Summary.LeftAlone).Why);
        Assert.Equal("y", Assert.Single(made.Summary.Touched).Name);
        Assert.Equal(made.Summary.LargeMatrices.Before, made.Summary.LargeMatrices.After);
    }

    // A byte made of NaN would be a zero: a model that answers nothing would become one that answers.
    [Theory]
    [InlineData(VariantKind.Int8Dynamic)]
    [InlineData(VariantKind.Int8Static)]
    [InlineData(VariantKind.Int8Weights)]
    public void Weights_that_are_no_finite_numbers_stay_as_they_are(VariantKind kind)
    {
        float[] broken = [.. Draw(64)];
        (broken[3], broken[5]) = (float.NaN, float.PositiveInfinity);
        GivenModel model = new GivenModel().Input("x", Element.Float, null, 2)
            .Weights("a", [2, 32], broken).Weights("b", [32, 2], [.. Draw(64)])
            .Node("MatMul", ["x", "a"], ["h"]).Node("MatMul", ["h", "b"], ["y"]).Output("y", Element.Float, null, 2);

        MadeVariant made = MakeVariant.Run(model.Build(), new VariantRecipe { Kind = kind }, new VariantRows(Batch([1, 2, 3, 4], 2)), null, default);

        Assert.Equal("y", Assert.Single(made.Summary.Touched).Name);
        Assert.Contains("infinite", Assert.Single(made.Summary.LeftAlone).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_is_refused_in_words()
    {
        VariantRecipe weights = new() { Kind = VariantKind.Int8Weights };
        Assert.Contains("no node 'nothing'", Refused(Network(), weights with { Exclude = ["nothing"] }), StringComparison.Ordinal);
        Assert.Contains("opset 13 or later", Refused(Network(12), weights), StringComparison.Ordinal);
        Assert.Contains("needs rows", Refused(Network(), weights with { Kind = VariantKind.Int8Static }), StringComparison.Ordinal);
        Assert.Contains("nothing in this model", Refused(
            new GivenModel().Input("x", Element.Float, null, 2).Node("Sigmoid", ["x"], ["y"]).Output("y", Element.Float, null, 2).Build(), weights), StringComparison.Ordinal);
    }

    private static string Refused(byte[] model, VariantRecipe recipe) =>
        Assert.Throws<InputException>(() => MakeVariant.Run(model, recipe, null, null, default)).Message;

    // x → (x - m) / s → Gemm with transB and alpha → Relu → MatMul + Add.
    private static byte[] Network(long opset = 15) => new GivenModel()
        .Input("x", Element.Float, null, 40)
        .Weights("m", [40], [.. Draw(40)])
        .Weights("s", [1], [2f])
        .Weights("w", [64, 40], [.. Draw(64 * 40)])
        .Weights("b", [64], [.. Draw(64)])
        .Weights("v", [64, 3], [.. Draw(64 * 3)])
        .Weights("c", [3], [.. Draw(3)])
        .Node("Sub", ["x", "m"], ["d"])
        .Node("Div", ["d", "s"], ["z"])
        .Node("Gemm", ["z", "w", "b"], ["h"], "", ("transB", 1L))
        .Node("Relu", ["h"], ["r"])
        .Node("MatMul", ["r", "v"], ["y"])
        .Node("Add", ["y", "c"], ["out"])
        .Output("out", Element.Float, null, 3)
        .Build(opset);

    private static double[] Answers(byte[] model, float[] rows, int count)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return predictor.Predict(Batch(rows, count), default).Outputs[0].Numbers!;
    }

    private static InputBatch Batch(float[] rows, int count) => new([new InputTensor("x", rows, rows.Length / count, [rows.Length / count])]);

    private static IEnumerable<float> Draw(int count)
    {
        Random random = new(count);
        return Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
    }
}
