using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Inference;

public sealed class ModelScorerTests
{
    private static readonly PredictorOptions Cpu = new() { Provider = "cpu" };
    private static readonly ScorerOptions Logit = new() { Link = ScoreLink.Logit };

    // Far beyond what a float probability can hold: 1 - σ(40) is 4e-18, so only a cut can give these log-odds.
    [Fact]
    public void The_log_odds_before_a_sigmoid_are_read_and_not_inverted()
    {
        double[] scores = Score(GivenModel.Logistic([2, -1], 0.5f), Logit, 2, [40, 0.5f, 0, 30], out ModelScorer scorer);

        Assert.Equal([80, -29.5], scores, Close);
        Assert.Empty(scorer.Warnings);
        Assert.Equal(2, scorer.ModelRows);
        Assert.Equal(1, scorer.ModelCalls);
    }

    [Fact]
    public void The_log_odds_of_a_softmax_are_one_logit_against_the_others()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 3).Node("Softmax", ["x"], ["prob"], "", ("axis", 1L)).Output("prob", Element.Float, null, 3).Build();

        double[] scores = Score(file, Logit, 3, [1, 2, 50], out ModelScorer scorer);

        double[] expected =
        [
            1 - (50 + Math.Log(1 + Math.Exp(-48))), 2 - (50 + Math.Log(1 + Math.Exp(-49))), 50 - (2 + Math.Log(1 + Math.Exp(-1))),
        ];
        Assert.Equal(expected, scores, Close);
        Assert.Null(scorer.ClassIndex);
        Assert.Equal(3, scorer.ClassCount);
    }

    [Fact]
    public void A_linear_classifier_with_ZipMap_is_cut_at_its_scores()
    {
        double[] scores = Score(GivenModel.ZipMapped([2, -1], 0.5f, "no", "yes"), Logit, 2, [40, 0.5f, 0, 30], out ModelScorer scorer);

        Assert.Equal([80, -29.5], scores, Close);
        Assert.Equal(1, scorer.ClassIndex);
        Assert.Equal(["yes"], scorer.Classes!);
        Assert.Empty(scorer.Warnings);
    }

    [Fact]
    public void A_single_column_is_the_score_of_the_second_of_two_named_classes()
    {
        ScorerOptions named = new() { Classes = new Dictionary<string, IReadOnlyList<string>> { ["prob"] = ["no", "yes"] } };

        Score(GivenModel.Logistic([2, -1], 0.5f), named, 2, [1, 2], out ModelScorer of);
        Score(GivenModel.Logistic([2, -1], 0.5f), new ScorerOptions(), 2, [1, 2], out ModelScorer unnamed);

        Assert.Equal((true, 0), (of.IsOfSecondClass, of.ClassIndex));
        Assert.Equal((false, 0), (unnamed.IsOfSecondClass, unnamed.ClassIndex));
    }

    [Fact]
    public void A_pair_of_one_minus_sigmoid_and_sigmoid_is_cut_before_the_sigmoid()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 1).Weights("one", [1], [1f])
            .Node("Sigmoid", ["x"], ["s"]).Node("Sub", ["one", "s"], ["r"]).Node("Concat", ["r", "s"], ["prob"], "", ("axis", 1L))
            .Output("prob", Element.Float, null, 2).Build();

        Assert.Equal([-35, 35], Score(file, Logit with { AllClasses = true }, 1, [35], out _), Close);
    }

    [Fact]
    public void Where_nothing_can_be_cut_the_probability_is_inverted_with_a_warning()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 1).Node("Clip", ["x"], ["prob"]).Output("prob", Element.Float, null, 1).Build();

        double[] scores = Score(file, Logit, 1, [0.75f, 1, 0], out ModelScorer scorer);

        Assert.Equal([Math.Log(3), Math.Log((1 - 1e-7) / 1e-7), Math.Log(1e-7 / (1 - 1e-7))], scores, Close);
        Assert.Equal("logit-inverted", Assert.Single(scorer.Warnings).Code);
    }

    [Fact]
    public void Logits_are_log_odds_already()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 2).Node("Identity", ["x"], ["logits"]).Output("logits", Element.Float, null, 2).Build();

        Assert.Equal([7], Score(file, Logit, 2, [-3, 4], out ModelScorer scorer), Close);
        Assert.Empty(scorer.Warnings);
    }

    [Fact]
    public void Refuses_an_output_or_class_that_is_not_there_and_log_odds_of_a_value()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 1).Node("Identity", ["x"], ["value"]).Output("value", Element.Float, null, 1).Build();

        Assert.Contains("value", Assert.Throws<InputException>(() => Score(file, new ScorerOptions { Output = "y" }, 1, [1], out _)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Score(file, new ScorerOptions { ClassIndex = 1 }, 1, [1], out _));
        Assert.Throws<InputException>(() => Score(file, Logit, 1, [1], out _));
    }

    // The manifests of the logistic regressions give the coefficients in raw units; trees have no such closed form, so
    // their log-odds are compared with the inverse of probabilities far from 0 and 1.
    [SkippableTheory]
    [InlineData("hmda_logreg")]
    [InlineData("hmda_biased")]
    [InlineData("hmda_fair")]
    [InlineData("hmda_gbt")]
    [InlineData("hmda_noised_clone")]
    [InlineData("hmda_extracted_copy")]
    [InlineData("hmda_pipeline")]
    [InlineData("adult_gbt")]
    [InlineData("adult_logreg")]
    [InlineData("german_credit_mlp")]
    [InlineData("german_credit_pipeline")]
    [InlineData("digits_lstm")]
    [InlineData("tokens_transformer")]
    public void The_cut_holds_on_the_reference_models(string name)
    {
        ReferenceModel reference = new(name);
        InputBatch batch = reference.Encode();
        using OnnxPredictor model = OnnxPredictor.Load(reference.File, Cpu, default);
        using ModelScorer plain = ModelScorer.Load(model, reference.File, Cpu, new ScorerOptions { AllClasses = true }, default);
        using ModelScorer logit = ModelScorer.Load(model, reference.File, Cpu, Logit with { AllClasses = true }, default);

        double[] probabilities = plain.Score(batch, default);
        double[] odds = logit.Score(batch, default);

        Assert.Empty(logit.Warnings);
        Assert.Equal(probabilities.Length, odds.Length);
        for (int i = 0; i < odds.Length; i++)
        {
            Assert.Equal(probabilities[i], 1 / (1 + Math.Exp(-odds[i])), 1e-5);
        }
    }

    private static bool Close(double left, double right) => Math.Abs(left - right) < 1e-5;

    // The graph's map has "bad" first, the encoding counts "good" as 0: class 1 is "bad", whatever the graph's columns.
    [Theory]
    [InlineData(ScoreLink.Identity)]
    [InlineData(ScoreLink.Logit)]
    public void Classes_are_counted_in_the_order_of_the_encoding(ScoreLink link)
    {
        byte[] file = GivenModel.ZipMapped([2, -1], 0.5f, "bad", "good");
        Dictionary<string, IReadOnlyList<string>> order = new() { ["probabilities"] = ["good", "bad"] };

        double[] graph = Score(file, new ScorerOptions { Link = link, AllClasses = true }, 2, [1, 2], out _);
        double[] all = Score(file, new ScorerOptions { Link = link, AllClasses = true, Classes = order }, 2, [1, 2], out ModelScorer both);
        double[] second = Score(file, new ScorerOptions { Link = link, Classes = order }, 2, [1, 2], out ModelScorer one);

        Assert.Equal([graph[1], graph[0]], all);
        Assert.Equal([graph[0]], second);
        Assert.Equal(["good", "bad"], both.Classes);
        Assert.Equal(["bad"], one.Classes);
        Assert.Equal([0], one.GraphColumns);
        Assert.Equal(1, one.ClassIndex);
    }

    private static double[] Score(byte[] file, ScorerOptions options, int width, float[] values, out ModelScorer scorer)
    {
        using OnnxPredictor model = OnnxPredictor.Load(file, Cpu, default);
        using (scorer = ModelScorer.Load(model, file, Cpu, options, default))
        {
            return scorer.Score(new InputBatch([new InputTensor("x", values, width, [width])]), default);
        }
    }
}
