using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Answers;

public sealed class ReadModelFactsTests
{
    [Theory]
    [InlineData("hmda_logreg", ReleaseClass.Linear)]
    [InlineData("hmda_gbt", ReleaseClass.Small)] // of at most a thousand leaves
    [InlineData("digits_cnn", ReleaseClass.Other)]
    public void Sample_models_are_of_their_class(string name, ReleaseClass expected)
    {
        byte[] model = File.ReadAllBytes(Path.Combine(Reference.Repository, "samples", "models", name, "model.onnx"));

        Assert.Equal(expected, ReleaseClasses.Of(Facts(model)));
    }

    [Fact]
    public void A_logistic_regression_is_linear_with_its_weights_counted()
    {
        ModelFacts facts = Facts(GivenModel.Logistic([1, -2, 3], 0.5f));

        Assert.Equal(new ModelFacts(4, true, null), facts);
    }

    [Fact]
    public void A_linear_classifier_with_a_map_of_probabilities_is_linear() =>
        Assert.True(Facts(GivenModel.ZipMapped([1, -2], 0.5f, "no", "yes")).Linear);

    [Theory]
    [InlineData(1_000, true, null, ReleaseClass.Linear)]
    [InlineData(1_000_000, true, null, ReleaseClass.Linear)]
    [InlineData(1_000, false, null, ReleaseClass.Small)]
    [InlineData(1_001, false, null, ReleaseClass.Other)]
    [InlineData(9_000, false, 1_000L, ReleaseClass.Small)]
    [InlineData(9_000, false, 1_001L, ReleaseClass.Other)]
    public void The_class_follows_from_form_parameters_and_leaves(long parameters, bool linear, long? leaves, ReleaseClass expected) =>
        Assert.Equal(expected, ReleaseClasses.Of(new ModelFacts(parameters, linear, leaves)));

    private static ModelFacts Facts(byte[] model)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return ReadModelFacts.Of(new ModelGraph(model), predictor.Signature.Inputs, new DecisionRule(predictor.Signature, null).ScoreOutput);
    }
}
