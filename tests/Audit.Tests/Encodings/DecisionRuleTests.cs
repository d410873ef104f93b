using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Encodings;

public sealed class DecisionRuleTests
{
    [Fact]
    public void Two_probability_columns_give_the_score_of_the_positive_class()
    {
        OutputSpec spec = Spec("p", OutputRole.Probability, 2, ["no", "yes"]);
        Prediction prediction = Of(spec, [0.75, 0.25, 0.4, 0.6, 0.5, 0.5]);

        Decisions byDefault = new DecisionRule(Signature(spec), null).Decide(prediction);
        Decisions other = new DecisionRule(Signature(spec), null, positive: "no", threshold: 0.45).Decide(prediction);

        Assert.Equal([0.25, 0.6, 0.5], byDefault.Scores!);
        Assert.Equal(["no", "yes", "yes"], byDefault.Predicted!);
        Assert.Equal(["no", "yes", "no"], other.Predicted!);
    }

    [Fact]
    public void One_probability_column_is_that_of_the_second_class()
    {
        OutputSpec spec = Spec("p", OutputRole.Probability, 1, null);
        ModelEncoding encoding = Meaning(new EncodedOutput("p", OutputRole.Probability, ["no", "yes"]), "yes", "no");

        DecisionRule rule = new(Signature(spec), encoding);
        Decisions decisions = rule.Decide(Of(spec, [0.2, 0.9]));

        Assert.Equal(["no", "yes"], decisions.Predicted!);
        Assert.Equal([0.8, 0.2, 0.1, 0.9], decisions.Probabilities!, Close);
        Assert.Equal("no", rule.Favourable);
    }

    [Fact]
    public void Logits_go_through_softmax_and_logistic_function()
    {
        OutputSpec three = Spec("z", OutputRole.Logits, 3, null);
        OutputSpec one = Spec("z", OutputRole.Logits, 1, null);

        Decisions multi = new DecisionRule(Signature(three), null).Decide(Of(three, [1000, 1000 + Math.Log(2), 1000 + Math.Log(5)]));
        Decisions binary = new DecisionRule(Signature(one), null).Decide(Of(one, [-Math.Log(3)]));

        Assert.Equal([1 / 8.0, 2 / 8.0, 5 / 8.0], multi.Probabilities!, Close);
        Assert.Equal(["2"], multi.Predicted!);
        Assert.Null(multi.Scores);
        Assert.Equal([0.25], binary.Scores!, Close);
    }

    [Fact]
    public void Without_a_threshold_the_models_own_label_decides_under_its_readable_name()
    {
        OutputSpec label = new("label", "tensor(int64)", [null], OutputRole.Label, null);
        OutputSpec p = Spec("p", OutputRole.Probability, 2, ["0", "1"]);
        ModelEncoding encoding = Meaning(new EncodedOutput("p", OutputRole.Probability, ["no", "yes"]), "yes", null);
        Prediction prediction = new([
            new OutputValues(label, [1, 0], null, [], 2, null),
            new OutputValues(p, [0.6, 0.4, 0.7, 0.3], null, [2], 2, ["0", "1"])]);

        Assert.Equal(["yes", "no"], new DecisionRule(new ModelSignature([], [label, p]), encoding).Decide(prediction).Predicted!);
        Assert.Equal(["no", "no"], new DecisionRule(new ModelSignature([], [label, p]), encoding, threshold: 0.5).Decide(prediction).Predicted!);
    }

    [Fact]
    public void Classes_in_another_order_are_matched_by_name()
    {
        OutputSpec spec = Spec("p", OutputRole.Probability, 2, ["bad", "good"]);
        ModelEncoding encoding = Meaning(new EncodedOutput("p", OutputRole.Probability, ["good", "bad"]), "bad", "good");

        Decisions decisions = new DecisionRule(Signature(spec), encoding).Decide(Of(spec, [0.9, 0.1]));

        Assert.Equal([0.9], decisions.Scores!);
        Assert.Equal(["bad"], decisions.Predicted!);
        Assert.Equal([0.1, 0.9], decisions.Probabilities!);
    }

    [Fact]
    public void Regression_gives_values_and_labels_alone_give_classes()
    {
        OutputSpec value = Spec("v", OutputRole.Value, 1, null);
        OutputSpec label = new("label", "tensor(string)", [null], OutputRole.Label, null);

        Decisions regression = new DecisionRule(Signature(value), null).Decide(Of(value, [12.5, -3]));
        Decisions labels = new DecisionRule(Signature(label), null).Decide(
            new Prediction([new OutputValues(label, null, ["a", "b"], [], 2, null)]));

        Assert.Equal([12.5, -3], regression.Values!);
        Assert.Null(regression.Predicted);
        Assert.Equal(["a", "b"], labels.Predicted!);
        Assert.Null(labels.Scores);
    }

    [Fact]
    public void Refuses_a_positive_class_that_the_model_does_not_have() =>
        Assert.Throws<InputException>(() => new DecisionRule(Signature(Spec("p", OutputRole.Probability, 2, ["no", "yes"])), null, positive: "maybe"));

    private static bool Close(double left, double right) => Math.Abs(left - right) < 1e-12;

    private static OutputSpec Spec(string name, OutputRole role, int width, IReadOnlyList<string>? classes) =>
        new(name, "tensor(float)", [null, width], role, classes);

    private static ModelSignature Signature(OutputSpec spec) => new([], [spec]);

    private static Prediction Of(OutputSpec spec, double[] numbers)
    {
        int width = (int)spec.Shape[1]!.Value;
        return new Prediction([new OutputValues(spec, numbers, null, [width], numbers.Length / width, spec.Classes)]);
    }

    private static ModelEncoding Meaning(EncodedOutput output, string positive, string? favourable) =>
        new() { Inputs = [], Outputs = [output], Label = new LabelMeaning(null, positive, favourable) };
}
