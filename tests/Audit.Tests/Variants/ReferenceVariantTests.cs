using Governance.Audit.Inference;
using Governance.Audit.Variants;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Variants;

/// <summary>Real networks of the reference folder: how small they become, and what of their accuracy on unseen rows is lost.</summary>
public sealed class ReferenceVariantTests(ITestOutputHelper log)
{
    [SkippableTheory]
    [InlineData("digits_cnn", VariantKind.Int8Dynamic, ActivationScale.Row)]
    [InlineData("digits_lstm", VariantKind.Int8Dynamic, ActivationScale.Row)]
    [InlineData("digits_lstm", VariantKind.Int8Dynamic, ActivationScale.Tensor)]
    [InlineData("digits_transformer", VariantKind.Int8Dynamic, ActivationScale.Row)]
    [InlineData("digits_transformer", VariantKind.Int8Dynamic, ActivationScale.Tensor)]
    [InlineData("german_credit_mlp", VariantKind.Int8Dynamic, ActivationScale.Row)]
    [InlineData("hmda_extracted_copy", VariantKind.Int8Dynamic, ActivationScale.Row)]
    [InlineData("digits_cnn", VariantKind.Int8Static, ActivationScale.Row)]
    [InlineData("digits_lstm", VariantKind.Int8Static, ActivationScale.Row)]
    [InlineData("digits_transformer", VariantKind.Int8Static, ActivationScale.Row)]
    [InlineData("german_credit_mlp", VariantKind.Int8Static, ActivationScale.Row)]
    [InlineData("hmda_extracted_copy", VariantKind.Int8Static, ActivationScale.Row)]
    [InlineData("digits_transformer", VariantKind.Int8Weights, ActivationScale.Row)]
    public void Eight_bits_keep_accuracy_within_a_point_at_less_than_a_third_of_the_weights(string name, VariantKind kind, ActivationScale scale)
    {
        using ReferenceModel model = new(name);

        MadeVariant made = MakeVariant.Run(model.File, new VariantRecipe { Kind = kind, Scale = scale }, model.Calibration, null, default);

        Tell(name, made);
        Assert.InRange(made.Summary.LargeMatrices.Ratio!.Value, 0.2, 0.30);
        Assert.InRange(model.Accuracy(made.Model), model.Accuracy(model.File) - 0.01, 1);
    }

    [SkippableTheory]
    [InlineData("digits_cnn")]
    [InlineData("digits_lstm")]
    [InlineData("digits_transformer")]
    [InlineData("german_credit_mlp")]
    [InlineData("hmda_extracted_copy")]
    public void Half_floats_keep_accuracy_at_half_of_the_weights(string name)
    {
        using ReferenceModel model = new(name);

        MadeVariant made = MakeVariant.Run(model.File, new VariantRecipe { Kind = VariantKind.Fp16 }, model.Calibration, null, default);

        Tell(name, made);
        Assert.InRange(made.Summary.LargeMatrices.Ratio!.Value, 0.4, 0.52);
        Assert.InRange(model.Accuracy(made.Model), model.Accuracy(model.File) - 0.001, 1);
    }

    [SkippableTheory]
    [InlineData("digits_transformer")]
    [InlineData("german_credit_mlp")]
    public void An_optimised_graph_says_the_same_with_fewer_nodes(string name)
    {
        using ReferenceModel model = new(name);

        MadeVariant made = MakeVariant.Run(model.File, new VariantRecipe { Kind = VariantKind.Optimise }, null, null, default);

        Tell(name, made);
        using OnnxPredictor parent = Load(model.File);
        using OnnxPredictor variant = Load(made.Model);
        double[] before = parent.Predict(model.Test, default).Outputs[0].Numbers!;
        double[] after = variant.Predict(model.Test, default).Outputs[0].Numbers!;
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.True(made.Summary.Touched.Count >= (name == "digits_transformer" ? 10 : 2));
    }

    private void Tell(string name, MadeVariant made) => log.WriteLine(
        $"{name}: large matrices {made.Summary.LargeMatrices.Ratio:0.000}, weights {made.Summary.Weights.Ratio:0.000}, file {made.Summary.File.Ratio:0.000}; "
        + $"{made.Summary.Touched.Count} nodes touched, {made.Summary.LeftAlone.Count} left");

    private static OnnxPredictor Load(byte[] file) =>
        OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
}
